/** What a network makes known while it is applied in a step: running statistics that move on, and activations. */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensors } from '../../engine/engine';
import type { RandomSource } from '../../nn/scope';
import { WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import type { Player } from './player';
import type { StepContext } from './recorded-program';

/** Running statistics of a network over the passes of an update, each of which begins where the one before ended. */
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

/** Activations that a discriminator made known in one application. */
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

/** The present weights and statistics of a player. @param prefix of the leaves: `EMA` for its running average */
export function presentLeaves(step: StepContext, player: Player, prefix = ''): Tensors {
  return Object.fromEntries(
    [...player.trained, ...player.statistics].map((leaf) => [leaf, step.leaf(prefix + leaf)]),
  );
}

/** Random numbers of a part of a step, under names of their own. */
export function prefixed(random: RandomSource, prefix: string): RandomSource {
  return (name, shape, distribution) => random(`${prefix}/${name}`, shape, distribution);
}
