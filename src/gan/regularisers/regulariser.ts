/** What a regulariser of the discriminator is. A new one is a file in this folder and a line in `registry.ts`. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { z } from 'zod';

export interface RegulariserInputs {
  /** Logits `[batch, 1]` of a batch of examples, under the discriminator's present parameters. */
  readonly discriminator: (examples: Tensor) => Tensor;
  readonly real: Tensor;
  readonly fake: Tensor;
}

export interface Regulariser<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly paper: string;
  readonly formula: string;
  /** Strict zod object, without the discriminating key `name`; `every` (steps between applications) is common to all. */
  readonly options: Options;
  /** Scalar that is added to the discriminator's loss. */
  penalty(inputs: RegulariserInputs, options: z.output<Options>): Tensor;
}

/** Keeps the link between a regulariser's options and its penalty. */
export function defineRegulariser<Options extends z.ZodObject>(
  regulariser: Regulariser<Options>,
): Regulariser<Options> {
  return regulariser;
}
