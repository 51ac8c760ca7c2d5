/**
 * Minibatch standard deviation (Karras et al. 2018, "Progressive Growing of GANs", section 3): shows a discriminator how
 * much the examples of a batch differ, so that generated examples that are all alike give themselves away.
 */
import * as tf from '@tensorflow/tfjs-core';
import { WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { zeros } from '../initialisers';
import type { Scope } from '../scope';
import { extent } from './extents';

/** Keeps the gradient of the square root finite where examples are equal; from the paper's code. */
const EPSILON = 1e-8;
/** Weight of the previous running mean in each update. */
const MOMENTUM = 0.9;

export interface MinibatchStddevOptions {
  /** Examples in a group, which divides the batch; at most the whole batch. */
  readonly groupSize: number;
}

/**
 * `[batch, …, channels] -> [batch, …, channels + 1]`: the last channel is constant in each example, the standard
 * deviation over the examples of its group, averaged over positions and channels. A group has every (batch / group
 * size)-th example, as in the paper's code.
 *
 * When sampling, it is the running mean of training for every example: the score of an example then depends on nothing
 * but the example.
 */
export function minibatchStddev(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  { groupSize }: MinibatchStddevOptions,
): tf.Tensor {
  return scope.layer(name, (layer) => {
    const running = layer.statistic('mean', [1], zeros);
    const batch = extent(x, 0);
    const beside = (values: tf.Tensor, repeats: number): tf.Tensor => {
      const inner = x.shape.slice(1, -1);
      const rows = tf.reshape(values, [values.size, ...inner.map(() => 1), 1]);
      return tf.concat([x, tf.tile(rows, [repeats, ...inner, 1])], x.rank - 1);
    };
    if (layer.mode === 'sample') return beside(running, batch);
    const deviations = deviationOfGroups(x, groupSize);
    layer.updateStatistic(
      'mean',
      tf.add(tf.mul(running, MOMENTUM), tf.mul(tf.reshape(tf.mean(deviations), [1]), 1 - MOMENTUM)),
    );
    return beside(deviations, batch / deviations.size);
  });
}

/** `[groups]` */
function deviationOfGroups(x: tf.Tensor, groupSize: number): tf.Tensor {
  const batch = extent(x, 0);
  const size = Math.min(groupSize, batch);
  if (batch % size !== 0)
    throw new WorkbenchError(
      localizable('A batch of {0} cannot be divided into groups of {1}.', batch, size),
      localizable('Use a group size that divides the batch size.'),
    );
  const groups = tf.reshape(x, [size, batch / size, x.size / batch]);
  const centred = tf.sub(groups, tf.mean(groups, 0, true));
  return tf.mean(tf.sqrt(tf.add(tf.mean(tf.square(centred), 0), EPSILON)), 1);
}
