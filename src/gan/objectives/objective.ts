/** What an objective (a pair of losses) is. A new one is a file in this folder and a line in `registry.ts`. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type * as z from 'zod';
import type { LocalizableText } from '../../shared/localizable-text';
import type { Combination } from '../combination';

/**
 * Outputs of the discriminator without a final sigmoid, each `[batch, 1]`, or `[batch, rows, columns, 1]` of one
 * that judges patches. Losses take their means over everything.
 */
export interface Logits {
  readonly real: Tensor;
  readonly fake: Tensor;
}

/** Values of a discriminator's loss between which it tells how well the discriminator does. */
export interface LossRange {
  /** Where every example is judged rightly. */
  readonly sure: number;
  /** Where real and generated examples cannot be told apart. */
  readonly undecided: number;
}

export interface Objective<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Citation with section or equation. */
  readonly paper: string;
  /** The two losses as formulas, for the documentation. */
  readonly formula: { readonly discriminator: string; readonly generator: string };
  /** Strict zod object of its options, without the discriminating key `name`. */
  readonly options: Options;
  /** Set where the generator's loss looks at the logits of real examples; they are computed for it only then. */
  readonly generatorUsesReal?: true;
  /** Set where sigmoid(logit) is the probability that the discriminator gives to an example's being real. */
  readonly scoresAreProbabilities?: true;
  /** The logit above which an example is taken for real; undefined or left out where a logit alone does not tell. */
  boundary?(options: z.output<Options>): number | undefined;
  /** Left out where the discriminator's loss has no such values. */
  discriminatorLossRange?(options: z.output<Options>): LossRange;
  /** Why it cannot be used in a combination, as a clause, or undefined if it can. */
  unsuitable?(options: z.output<Options>, combination: Combination): LocalizableText | undefined;
  /** Scalar to be minimised by the discriminator. */
  discriminatorLoss(logits: Logits, options: z.output<Options>): Tensor;
  /** Scalar to be minimised by the generator. Unless `generatorUsesReal` is set, `real` is what `fake` is. */
  generatorLoss(logits: Logits, options: z.output<Options>): Tensor;
}

/** Keeps the link between an objective's options and the losses that take them. */
export function defineObjective<Options extends z.ZodObject>(
  objective: Objective<Options>,
): Objective<Options> {
  return objective;
}
