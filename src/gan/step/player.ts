/** One network of a game with all of its state: weights, running statistics and optimiser slots. */
import * as tf from '@tensorflow/tfjs-core';
import type { LeafDeclaration } from '../../nn/parameters';
import { declareNetwork } from '../../nn/parameters';
import type { Network } from '../../nn/scope';
import { valueAt } from '../schedules/scalar';
import type { Averaging } from '../settings';
import { frozenWeights } from './frozen-weights';
import type { StepContext } from './recorded-program';

/** Prefix of the averaged weights. */
export const EMA = 'ema/';
/** Prefix of gradients that are accumulated until their batch is complete. */
export const ACCUMULATED = 'accumulated/';

export interface Player {
  /** Prefix of its leaf names, e.g. `generator`. */
  readonly root: string;
  readonly network: Network;
  readonly leaves: readonly LeafDeclaration[];
  /** Names of the weights that are trained, and of those that keep their values. */
  readonly trained: readonly string[];
  readonly frozen: readonly string[];
  /** Names of the other leaves, which the passes of training update, in frozen layers too. */
  readonly statistics: readonly string[];
  /** Both including the batch. */
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  /** Number of classes whose labels it gets; 0 for none. */
  readonly classes: number;
  /** Names of the network's taps, in order. */
  readonly taps: readonly string[];
}

/**
 * Throws `WorkbenchError` if a frozen layer does not exist, or if all are frozen.
 *
 * @param inputShape including the batch
 */
export function declarePlayer(
  root: string,
  network: Network,
  inputShape: readonly number[],
  classes: number,
  frozenLayers: readonly string[] = [],
): Player {
  const { leaves, outputShape, taps } = declareNetwork(network, root, inputShape, { classes });
  const frozen = frozenWeights(root, leaves, frozenLayers);
  const names = (isIncluded: (leaf: LeafDeclaration) => boolean): string[] =>
    leaves.filter(isIncluded).map((leaf) => leaf.name);
  return {
    root,
    network,
    leaves,
    trained: names((leaf) => leaf.trained && !frozen.has(leaf.name)),
    frozen: [...frozen],
    statistics: names((leaf) => !leaf.trained),
    inputShape,
    outputShape,
    classes,
    taps,
  };
}

/** Leaves that the running average covers: the weights, then the statistics. */
export function averagedLeaves({ leaves }: Player): LeafDeclaration[] {
  return [...leaves.filter(({ trained }) => trained), ...leaves.filter(({ trained }) => !trained)];
}

/** Moves the average of a player towards its current leaves by the input `emaDecay`. */
export function updateAverage(step: StepContext, player: Player): void {
  const decay = step.input(EMA_DECAY, { shape: [], dtype: 'float32' });
  for (const { name: leaf } of averagedLeaves(player)) {
    // The average started out equal to the weights.
    if (player.frozen.includes(leaf)) continue;
    const present = step.leaf(leaf);
    const average = step.leaf(EMA + leaf);
    step.write(EMA + leaf, tf.add(present, tf.mul(tf.sub(average, present), decay)));
  }
}

/** Name of the input: share of the old average that is kept in this step. */
export const EMA_DECAY = 'emaDecay';

/**
 * Returns the decay at a step, ramped up so that the average does not retain the initial weights for long.
 *
 * @param progress fraction of the run's steps completed before it
 */
export function emaDecayAt({ decay, rampUp }: Averaging, step: number, progress: number): number {
  const full =
    typeof decay === 'object' && 'halfLife' in decay
      ? 0.5 ** (1 / valueAt(decay.halfLife, progress))
      : valueAt(decay, progress);
  return rampUp === 0 ? full : Math.min(full, step / (step + rampUp));
}
