/**
 * A regulariser of the generator: a penalty added to its loss that depends on the generator alone. To add one, create a
 * file in this folder and list it in `registry.ts`.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type * as z from 'zod';
import type { RandomSource } from '../../nn/scope';
import type { CombinedPart } from '../part';
import type { Scalar } from '../schedules/scalar';

export interface GeneratorPenaltyInputs {
  readonly random: RandomSource;
  readonly batchSize: number;
  /**
   * Generates examples `[count, ...example]` from new latents, the same ones in each call of a step, under the
   * generator's current parameters.
   *
   * @param styles receives the styles of each layer, `[count, layers, size]`, and returns those to use instead
   */
  generate(count: number, styles: (made: Tensor) => Tensor): Tensor;
  /** Returns the present value of the option `weight`: a scalar tensor if it changes during training. */
  weight(option: Scalar): Tensor | number;
  /** Returns a scalar of `state` as the last update left it. */
  kept(name: string): Tensor;
  /** Sets a scalar of `state` for the next update. */
  keep(name: string, value: Tensor): void;
}

export interface GeneratorRegulariser<Options extends z.ZodObject = z.ZodObject>
  extends CombinedPart<Options> {
  readonly formula: string;
  /** Default number of generator updates from one penalty to the next. */
  readonly every: number;
  /** Scalars that the penalty keeps from update to update, with their first values. */
  readonly state?: Readonly<Record<string, number>>;
  /** Scalar added to the generator's loss. */
  penalty(inputs: GeneratorPenaltyInputs, options: z.output<Options>): Tensor;
}

/** Identity function that ties the options type to the function that takes them. */
export function defineGeneratorRegulariser<Options extends z.ZodObject>(
  regulariser: GeneratorRegulariser<Options>,
): GeneratorRegulariser<Options> {
  return regulariser;
}
