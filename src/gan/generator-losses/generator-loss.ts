/**
 * A loss added to the generator's adversarial loss on paired data: the distance of the output from its target. To add
 * one, create a file in this folder and list it in `registry.ts`.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type * as z from 'zod';
import type { CombinedPart } from '../part';

export interface GeneratorLossInputs {
  /** `[batch, height, width, channels]`: the generator's output and its target. */
  readonly output: Tensor;
  readonly target: Tensor;
  /** Discriminator taps on output and target, e.g. `hidden1`, under its current parameters, to be held constant. */
  readonly outputFeatures: (tap: string) => Tensor;
  readonly targetFeatures: (tap: string) => Tensor;
  /** Names of all discriminator taps, in order. */
  readonly taps: readonly string[];
}

export interface GeneratorLoss<Options extends z.ZodObject = z.ZodObject> extends CombinedPart<Options> {
  readonly formula: string;
  /** Scalar, weighted by an option of its own and added to the generator's loss. */
  loss(inputs: GeneratorLossInputs, options: z.output<Options>): Tensor;
}

/** Identity function that ties the options type to the function that takes them. */
export function defineGeneratorLoss<Options extends z.ZodObject>(
  loss: GeneratorLoss<Options>,
): GeneratorLoss<Options> {
  return loss;
}
