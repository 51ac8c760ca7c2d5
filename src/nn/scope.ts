/**
 * The interface between a network and its parameters: a network is a plain function of a scope and its input, and
 * requests each parameter from the scope by name. The same function thus declares its parameters (when run symbolically
 * once to find their shapes) and uses them (inside a program).
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Initialiser } from './initialisers';

/** `train` uses batch statistics and updates the running ones; `sample` uses the running ones. */
export type NetworkMode = 'train' | 'sample';

/** Uniform in [0, 1), or standard normal. */
export type Distribution = 'uniform' | 'normal';

/**
 * Supplies random numbers to a program as an input, drawn outside from the run's seeded stream for each run of the
 * program. Names must be unique within a source.
 */
export type RandomSource = (name: string, shape: readonly number[], distribution: Distribution) => Tensor;

export interface Scope {
  readonly mode: NetworkMode;
  /** Full path of the layer, e.g. `generator/block1`. */
  readonly path: string;
  /** One-hot classes `[batch, classes]` of the examples, real or to be generated; undefined for unlabelled data. */
  readonly labels: Tensor | undefined;
  /** Whether normalisation layers take their scale and shift from the class (see `batchNorm`). */
  readonly normaliseByClass: boolean;
  /**
   * A trained leaf named `<path>/<name>`.
   *
   * @param gain by which the layer multiplies it, for what needs the weight that takes effect; 1 by default
   */
  parameter(name: string, shape: readonly number[], initialiser: Initialiser, gain?: number): Tensor;
  /** A leaf that is stored but not trained, such as a running mean. */
  statistic(name: string, shape: readonly number[], initialiser: Initialiser): Tensor;
  /** Updates a statistic; ignored unless the mode is `train`. */
  updateStatistic(name: string, value: Tensor): void;
  /** Random numbers for layers such as dropout, drawn anew for each application of the network. */
  random: RandomSource;
  /**
   * Exposes an intermediate value to losses and conditioning, e.g. `features`. Returns the value to continue with, which
   * a caller may have replaced.
   */
  tap(name: string, value: Tensor): Tensor;
  /**
   * Scalar ψ by which generators move their styles towards the average ones (Karras et al. 2019, appendix B), where
   * samples are truncated.
   */
  readonly truncation: Tensor | undefined;
  /** Runs `body` in a nested scope; errors in it are attributed to this layer. */
  layer<Result>(name: string, body: (scope: Scope) => Result): Result;
}

/** A network; its factory documents the shapes. */
export type Network = (scope: Scope, input: Tensor) => Tensor;
