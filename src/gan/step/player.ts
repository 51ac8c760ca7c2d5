/** One network of a game with everything that is kept for it: its weights, running statistics, optimiser's slots. */
import * as tf from '@tensorflow/tfjs-core';
import type { LeafDeclaration } from '../../nn/parameters';
import { declareNetwork } from '../../nn/parameters';
import type { Network } from '../../nn/scope';
import type { Averaging } from '../settings';
import type { StepContext } from './recorded-program';

/** Prefix of the averaged weights. */
export const EMA = 'ema/';
/** Prefix of gradients that wait for the rest of their batch. */
export const ACCUMULATED = 'accumulated/';

export interface Player {
  /** First part of its leaves' names, e.g. `generator`. */
  readonly root: string;
  readonly network: Network;
  readonly leaves: readonly LeafDeclaration[];
  /** Names of the leaves that are trained, and of those that are not. */
  readonly trained: readonly string[];
  readonly statistics: readonly string[];
  readonly outputShape: readonly number[];
  /** Names of what the network taps, in order. */
  readonly taps: readonly string[];
}

/** @param inputShape with the batch */
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

/** What a running average is kept of: the weights, then the statistics. */
export function averagedLeaves({ leaves }: Player): LeafDeclaration[] {
  return [...leaves.filter(({ trained }) => trained), ...leaves.filter(({ trained }) => !trained)];
}

/** Moves the average of a player towards its present leaves by the input `emaDecay`. */
export function updateAverage(step: StepContext, player: Player): void {
  const decay = step.input(EMA_DECAY, { shape: [], dtype: 'float32' });
  for (const { name: leaf } of averagedLeaves(player)) {
    const present = step.leaf(leaf);
    const average = step.leaf(EMA + leaf);
    step.write(EMA + leaf, tf.add(present, tf.mul(tf.sub(average, present), decay)));
  }
}

/** Name of the input: share of the old average that stays in this step. */
export const EMA_DECAY = 'emaDecay';

/** Until the average has seen enough steps it follows quickly, or it would long remember the first weights. */
export function emaDecayAt({ decay, rampUp }: Averaging, step: number): number {
  return rampUp === 0 ? decay : Math.min(decay, step / (step + rampUp));
}
