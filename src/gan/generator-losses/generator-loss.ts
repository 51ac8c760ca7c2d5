/**
 * What can be added to the generator's adversarial loss where the data is paired: how far its image is from the
 * target. A new one is a file in this folder and a line in `registry.ts`.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type * as z from 'zod';
import type { LocalizableText } from '../../shared/localizable-text';
import type { Combination } from '../combination';

export interface GeneratorLossInputs {
  /** `[batch, height, width, channels]`: what the generator made, and what it should have made. */
  readonly output: Tensor;
  readonly target: Tensor;
  /** Taps of the discriminator on output and target, e.g. `hidden1`; under its present parameters, to be held fixed. */
  readonly outputFeatures: (tap: string) => Tensor;
  readonly targetFeatures: (tap: string) => Tensor;
  /** Names of all taps that the discriminator gives, in order. */
  readonly taps: readonly string[];
}

export interface GeneratorLoss<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly paper: string;
  readonly formula: string;
  /** Strict zod object with its own `weight`, without `name`. */
  readonly options: Options;
  unsuitable?(options: z.output<Options>, combination: Combination): LocalizableText | undefined;
  /** Weighted scalar that is added to the generator's loss. */
  loss(inputs: GeneratorLossInputs, options: z.output<Options>): Tensor;
}

/** Keeps the link between the options and the function that takes them. */
export function defineGeneratorLoss<Options extends z.ZodObject>(
  loss: GeneratorLoss<Options>,
): GeneratorLoss<Options> {
  return loss;
}
