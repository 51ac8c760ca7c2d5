/** An optimiser. To add one, create a file in this folder and list it in `registry.ts`. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type * as z from 'zod';
import type { Part } from '../part';
import type { Ramp } from '../schedules/scalar';

export interface OptimiserLeaf {
  readonly parameter: Tensor;
  /** Its slots by name, each of the parameter's shape. */
  readonly slots: Readonly<Record<string, Tensor>>;
}

/** What the scalars of an update depend on. */
export interface UpdateMoment {
  readonly learningRate: number;
  /** 1 for the first. */
  readonly update: number;
  /** Fraction of the run's steps that were completed before an update, this one or an earlier one. */
  progressAt(update: number): number;
}

export interface Optimiser<Options extends z.ZodObject = z.ZodObject> extends Part<Options> {
  /**
   * Names of its state tensors per parameter, initially zero: leaves are named `<slot>/<leaf>`, e.g.
   * `adam.mean/generator/…`.
   */
  readonly slots: readonly string[];
  /** Names of the scalars passed to `update`. */
  scalars(options: z.output<Options>): readonly string[];
  /** Computes those scalars for one update, outside the program in double precision. */
  step(options: z.output<Options>, moment: UpdateMoment): Readonly<Record<string, number>>;
  /** Options that change during training, by the name under which they are recorded. */
  scheduled?(options: z.output<Options>): Readonly<Record<string, Ramp>>;
  /** Returns the new values of a parameter and its slots. */
  update(
    leaf: OptimiserLeaf,
    gradient: Tensor,
    scalars: Readonly<Record<string, Tensor>>,
    options: z.output<Options>,
  ): OptimiserLeaf;
}

/** Identity function that ties the options type to the functions that take them. */
export function defineOptimiser<Options extends z.ZodObject>(
  optimiser: Optimiser<Options>,
): Optimiser<Options> {
  return optimiser;
}
