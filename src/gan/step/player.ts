/** One network of a game with all of its state: weights, running statistics and optimiser slots. */
import * as tf from '@tensorflow/tfjs-core';
import type { LeafDeclaration } from '../../nn/parameters';
import { declareNetwork } from '../../nn/parameters';
import type { Network } from '../../nn/scope';
import type { Averaging } from '../settings';
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
  /** Names of the trained leaves, and of the others. */
  readonly trained: readonly string[];
  readonly statistics: readonly string[];
  readonly outputShape: readonly number[];
  /** Names of the network's taps, in order. */
  readonly taps: readonly string[];
}

/** @param inputShape including the batch */
export function declarePlayer(
  root: string,
  network: Network,
  inputShape: readonly number[],
  classes: number,
): Player {
  const { leaves, outputShape, taps } = declareNetwork(network, root, inputShape, { classes });
  const names = (trained: boolean): string[] =>
    leaves.filter((leaf) => leaf.trained === trained).map((leaf) => leaf.name);
  return { root, network, leaves, trained: names(true), statistics: names(false), outputShape, taps };
}

/** Leaves that the running average covers: the weights, then the statistics. */
export function averagedLeaves({ leaves }: Player): LeafDeclaration[] {
  return [...leaves.filter(({ trained }) => trained), ...leaves.filter(({ trained }) => !trained)];
}

/** Moves the average of a player towards its current leaves by the input `emaDecay`. */
export function updateAverage(step: StepContext, player: Player): void {
  const decay = step.input(EMA_DECAY, { shape: [], dtype: 'float32' });
  for (const { name: leaf } of averagedLeaves(player)) {
    const present = step.leaf(leaf);
    const average = step.leaf(EMA + leaf);
    step.write(EMA + leaf, tf.add(present, tf.mul(tf.sub(average, present), decay)));
  }
}

/** Name of the input: share of the old average that is kept in this step. */
export const EMA_DECAY = 'emaDecay';

/** Returns the decay at a step, ramped up so that the average does not retain the initial weights for long. */
export function emaDecayAt({ decay, rampUp }: Averaging, step: number): number {
  return rampUp === 0 ? decay : Math.min(decay, step / (step + rampUp));
}
