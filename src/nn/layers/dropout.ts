/** Dropout. */
import * as tf from '@tensorflow/tfjs-core';
import type { Scope } from '../scope';

/**
 * In training, sets each value to 0 with probability `rate` and divides the others by 1 - rate (inverted dropout); the
 * identity when sampling (Srivastava et al. 2014, section 4, with the scaling moved to training time).
 *
 * @param rate in [0, 1)
 */
export function dropout(scope: Scope, name: string, x: tf.Tensor, rate: number): tf.Tensor {
  if (rate === 0 || scope.mode === 'sample') return x;
  return scope.layer(name, (layer) => {
    const draws = layer.random('mask', x.shape, 'uniform');
    return tf.mul(x, tf.mul(tf.step(tf.sub(draws, rate)), 1 / (1 - rate)));
  });
}
