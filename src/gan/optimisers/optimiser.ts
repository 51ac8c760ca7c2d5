/** An optimiser. To add one, create a file in this folder and list it in `registry.ts`. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type * as z from 'zod';
import type { Part } from '../part';

export interface OptimiserLeaf {
  readonly parameter: Tensor;
  /** Its slots by name, each of the parameter's shape. */
  readonly slots: Readonly<Record<string, Tensor>>;
}

export interface Optimiser<Options extends z.ZodObject = z.ZodObject> extends Part<Options> {
  /**
   * Names of its state tensors per parameter, initially zero: leaves are named `<slot>/<leaf>`, e.g.
   * `adam.mean/generator/…`.
   */
  readonly slots: readonly string[];
  /** Names of the scalars passed to `update`. */
  readonly scalars: readonly string[];
  /**
   * Computes those scalars for one update, outside the program in double precision.
   *
   * @param update 1 for the first
   */
  step(options: z.output<Options>, learningRate: number, update: number): Readonly<Record<string, number>>;
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
