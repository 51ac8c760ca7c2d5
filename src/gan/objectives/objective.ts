/** An objective (a pair of losses). To add one, create a file in this folder and list it in `registry.ts`. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type * as z from 'zod';
import type { RandomSource } from '../../nn/scope';
import type { CombinedPart } from '../part';

/**
 * Outputs of the discriminator without a final sigmoid, each `[batch, 1]`, or `[batch, rows, columns, 1]` of a patch
 * discriminator. Losses average over all of them.
 */
export interface Logits {
  readonly real: Tensor;
  readonly fake: Tensor;
}

/** Range of the discriminator's loss, within which its value shows how well the discriminator is doing. */
export interface LossRange {
  /** Loss when every example is classified correctly. */
  readonly sure: number;
  /** Loss when real and generated examples are indistinguishable. */
  readonly undecided: number;
}

export interface Objective<Options extends z.ZodObject = z.ZodObject> extends CombinedPart<Options> {
  /** The two losses as formulas, for the documentation. */
  readonly formula: { readonly discriminator: string; readonly generator: string };
  /** Set if the generator's loss uses the logits of real examples; they are only computed then. */
  readonly generatorUsesReal?: true;
  /** Set if sigmoid(logit) is the discriminator's probability that an example is real. */
  readonly scoresAreProbabilities?: true;
  /** Logit above which an example counts as real; undefined or omitted if a logit alone does not decide that. */
  boundary?(options: z.output<Options>): number | undefined;
  /** Omitted if the discriminator's loss has no such values. */
  discriminatorLossRange?(options: z.output<Options>): LossRange;
  /** Scalar that the discriminator minimises. */
  discriminatorLoss(logits: Logits, options: z.output<Options>, random: RandomSource): Tensor;
  /** Scalar that the generator minimises. Unless `generatorUsesReal` is set, `real` equals `fake`. */
  generatorLoss(logits: Logits, options: z.output<Options>): Tensor;
}

/** Identity function that ties an objective's options type to the losses that take them. */
export function defineObjective<Options extends z.ZodObject>(
  objective: Objective<Options>,
): Objective<Options> {
  return objective;
}
