/**
 * How a discriminator is told the class of an example. A new way is a file in this folder and a line in `registry.ts`.
 * How a generator is told is a choice of its own, common to all (`generator.ts`).
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type * as z from 'zod';
import type { Network } from '../../nn/scope';
import type { LocalizableText } from '../../shared/localizable-text';
import type { Combination } from '../combination';

export interface AuxiliaryInputs {
  /** A tap of the discriminator, on real and on generated examples. */
  readonly real: (tap: string) => Tensor;
  readonly fake: (tap: string) => Tensor;
  /** One-hot classes `[batch, classes]` of the real examples, and those that the generated ones were to be of. */
  readonly realLabels: Tensor;
  readonly fakeLabels: Tensor;
}

export interface Conditioning<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly paper: string;
  readonly formula: string;
  /** Strict zod object, without `name` and without `generator`, which is common to all. */
  readonly options: Options;
  unsuitable?(options: z.output<Options>, combination: Combination): LocalizableText | undefined;
  /** The discriminator with its eyes on `scope.labels`. */
  discriminator(network: Network, options: z.output<Options>): Network;
  /** Scalars that are added to the losses of the two players. */
  auxiliary?: {
    discriminator(inputs: AuxiliaryInputs, options: z.output<Options>): Tensor;
    /** `real` must not be asked for. */
    generator(inputs: Pick<AuxiliaryInputs, 'fake' | 'fakeLabels'>, options: z.output<Options>): Tensor;
  };
}

/** Keeps the link between the options and the functions that take them. */
export function defineConditioning<Options extends z.ZodObject>(
  conditioning: Conditioning<Options>,
): Conditioning<Options> {
  return conditioning;
}
