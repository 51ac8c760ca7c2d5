/**
 * Class conditioning of the discriminator. To add one, create a file in this folder and list it in `registry.ts`. The
 * conditioning of the generator is a separate choice, common to all (`generator.ts`).
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type * as z from 'zod';
import type { Network } from '../../nn/scope';
import type { CombinedPart } from '../part';

export interface AuxiliaryInputs {
  /** A tap of the discriminator on real and on generated examples. */
  readonly real: (tap: string) => Tensor;
  readonly fake: (tap: string) => Tensor;
  /** One-hot classes `[batch, classes]` of the real examples, and the classes requested of the generated ones. */
  readonly realLabels: Tensor;
  readonly fakeLabels: Tensor;
}

export interface Conditioning<Options extends z.ZodObject = z.ZodObject> extends CombinedPart<Options> {
  readonly formula: string;
  /** Returns the discriminator, conditioned on `scope.labels`. */
  discriminator(network: Network, options: z.output<Options>): Network;
  /** Scalars added to the losses of the two players. */
  auxiliary?: {
    discriminator(inputs: AuxiliaryInputs, options: z.output<Options>): Tensor;
    /** Must not read `real`. */
    generator(inputs: Pick<AuxiliaryInputs, 'fake' | 'fakeLabels'>, options: z.output<Options>): Tensor;
  };
}

/** Identity function that ties the options type to the functions that take them. */
export function defineConditioning<Options extends z.ZodObject>(
  conditioning: Conditioning<Options>,
): Conditioning<Options> {
  return conditioning;
}
