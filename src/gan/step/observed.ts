/** Values that a network exposes when applied in a step: updated running statistics, and activations. */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensors } from '../../engine/engine';
import type { RandomSource } from '../../nn/scope';
import { WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import type { Player } from './player';
import type { StepContext } from './recorded-program';

/** Running statistics of a network across the passes of an update; each pass continues from the previous one. */
export class Statistics {
  readonly #step: StepContext;
  readonly present: Tensors;

  constructor(step: StepContext, player: Player) {
    this.#step = step;
    this.present = Object.fromEntries(player.statistics.map((name) => [name, step.leaf(name)]));
  }

  readonly update = (name: string, value: tf.Tensor): void => {
    this.present[name] = tf.keep(value);
  };

  write(): void {
    for (const [name, value] of Object.entries(this.present)) this.#step.write(name, value);
  }
}

/** Activations tapped in one application of a discriminator. */
export class ActivationTaps {
  readonly #values = new Map<string, tf.Tensor>();

  readonly add = (name: string, value: tf.Tensor): void => void this.#values.set(name, value);

  readonly get = (name: string): tf.Tensor => {
    const value = this.#values.get(name);
    if (value === undefined)
      throw new WorkbenchError(
        localizable(
          'A loss needs {0} of the discriminator, which exposes only {1}.',
          name,
          [...this.#values.keys()].join(', ') || localizable('nothing'),
        ),
        localizable('Use another discriminator, or remove the loss.'),
      );
    return value;
  };
}

/**
 * The current weights and statistics of a player.
 *
 * @param prefix of the leaves: `EMA` for its running average
 */
export function presentLeaves(step: StepContext, player: Player, prefix = ''): Tensors {
  return Object.fromEntries(
    [...player.trained, ...player.frozen, ...player.statistics].map((leaf) => [
      leaf,
      step.leaf(prefix + leaf),
    ]),
  );
}

/** The weights of a player that no gradient is taken for. */
export function frozenLeaves(step: StepContext, { frozen }: Player): Tensors {
  return Object.fromEntries(frozen.map((leaf) => [leaf, step.leaf(leaf)]));
}

/** Random source that prefixes its names, which keeps the draws of a part separate. */
export function prefixed(random: RandomSource, prefix: string): RandomSource {
  return (name, shape, distribution) => random(`${prefix}/${name}`, shape, distribution);
}
