/**
 * How a network gets its parameters: a network is a plain function of a scope and its input, and asks the scope
 * for each parameter by name. The same function thus declares its parameters (when it is run once symbolically to
 * find their shapes) and uses them (inside a program).
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Initialiser } from './initialisers';

/** `train` uses statistics of the batch and updates the running ones; `sample` uses the running ones. */
export type NetworkMode = 'train' | 'sample';

/** Uniform in [0, 1), or standard normal. */
export type Distribution = 'uniform' | 'normal';

/**
 * Gives random numbers to a program: an input of it, drawn outside from the run's seeded stream and new at each run
 * of the program. The name must differ from every other draw of the same source.
 */
export type RandomSource = (name: string, shape: readonly number[], distribution: Distribution) => Tensor;

export interface Scope {
  readonly mode: NetworkMode;
  /** Full name so far, e.g. `generator/block1`. */
  readonly path: string;
  /** One-hot classes `[batch, classes]` that the examples have or shall get, where the data has any. */
  readonly labels: Tensor | undefined;
  /** Whether normalisation layers take their scale and shift from the class (`batchNorm`). */
  readonly normaliseByClass: boolean;
  /** A trained leaf, named `<path>/<name>`. */
  parameter(name: string, shape: readonly number[], initialiser: Initialiser): Tensor;
  /** A leaf that is kept but not trained, such as a running mean. */
  statistic(name: string, shape: readonly number[], initialiser: Initialiser): Tensor;
  /** Stores the new value of a statistic; ignored unless the mode is `train`. */
  updateStatistic(name: string, value: Tensor): void;
  /** Random numbers for a layer such as dropout, new at each application of the network. */
  random: RandomSource;
  /** Makes a value inside the network known to losses and to conditioning, e.g. `features`. */
  tap(name: string, value: Tensor): void;
  /** Runs `body` with a scope one level down; errors in it are said to be in this layer. */
  layer<Result>(name: string, body: (scope: Scope) => Result): Result;
}

/** A network; shapes are documented by whoever makes it. */
export type Network = (scope: Scope, input: Tensor) => Tensor;
