/** Activations that can be differentiated twice. */
import * as tf from '@tensorflow/tfjs-core';
import { constantOf } from '../initialisers';
import type { Scope } from '../scope';
import { extent } from './extents';

/**
 * max(x, alpha·x) (Maas et al. 2013), written so that it can be differentiated twice, as gradient penalties require.
 */
export function leakyRelu(x: tf.Tensor, alpha = 0.2): tf.Tensor {
  return tf.mul(x, tf.step(x, alpha));
}

/** `leakyRelu` times √2, which keeps the size of its input (Karras et al. 2020, "Analyzing and Improving …", appendix B). */
export function scaledLeakyRelu(x: tf.Tensor): tf.Tensor {
  return tf.mul(leakyRelu(x), Math.SQRT2);
}

export function relu(x: tf.Tensor): tf.Tensor {
  return leakyRelu(x, 0);
}

/** max(0, x) + alpha·min(0, x) with a trained alpha per channel, initially 0.25 (He et al. 2015, equation 1). */
export function prelu(scope: Scope, name: string, x: tf.Tensor): tf.Tensor {
  return scope.layer(name, (layer) => {
    const alpha = layer.parameter('alpha', [extent(x, x.rank - 1)], constantOf(0.25));
    const positive = relu(x);
    return tf.add(positive, tf.mul(tf.sub(x, positive), alpha));
  });
}

/**
 * Gated linear unit: the first half of the channels (the last axis), times the sigmoid of the second half (Dauphin et
 * al. 2017, equation 1).
 */
export function glu(x: tf.Tensor): tf.Tensor {
  const axis = x.rank - 1;
  if (extent(x, axis) % 2 !== 0) throw new RangeError(`${extent(x, axis)} channels have no halves`);
  const [values = x, gates = x] = tf.split(x, 2, axis);
  return tf.mul(values, tf.sigmoid(gates));
}
