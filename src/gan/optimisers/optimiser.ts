/** What an optimiser is. A new one is a file in this folder and a line in `registry.ts`. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type * as z from 'zod';

export interface OptimiserLeaf {
  readonly parameter: Tensor;
  /** Its slots by name, each of the parameter's shape. */
  readonly slots: Readonly<Record<string, Tensor>>;
}

export interface Optimiser<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly paper: string;
  /** Strict zod object, without `name` and without the learning rates, which are common to all. */
  readonly options: Options;
  /** What it keeps for each parameter, zero at first: leaves are named `<slot>/<leaf>`, e.g. `adam.mean/generator/…`. */
  readonly slots: readonly string[];
  /** Names of the scalars that `update` is given. */
  readonly scalars: readonly string[];
  /** Those scalars for one update, computed outside the program in double precision. @param update 1 for the first */
  step(options: z.output<Options>, learningRate: number, update: number): Readonly<Record<string, number>>;
  /** New values of a parameter and of its slots. */
  update(
    leaf: OptimiserLeaf,
    gradient: Tensor,
    scalars: Readonly<Record<string, Tensor>>,
    options: z.output<Options>,
  ): OptimiserLeaf;
}

/** Keeps the link between the options and the functions that take them. */
export function defineOptimiser<Options extends z.ZodObject>(
  optimiser: Optimiser<Options>,
): Optimiser<Options> {
  return optimiser;
}
