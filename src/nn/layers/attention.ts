/** Self-attention over the pixels of feature maps. */
import * as tf from '@tensorflow/tfjs-core';
import { glorotUniform, zeros } from '../initialisers';
import type { Scope } from '../scope';
import { conv2d } from './convolution';
import { extent } from './extents';

/** Reduction factor of the query and key channels (SAGAN, section 3: "k = 8"). */
const FEWER_CHANNELS = 8;

/**
 * Adds to each pixel an attention-weighted sum over all pixels: y = γ·v(softmax(f(x)ᵀ g(x))·h(x)) + x (SAGAN, Zhang et
 * al. 2019, equations 1 to 3), with 1×1 convolutions f, g, h, v without bias. γ is initialised to 0, so that the layer
 * starts as the identity. The weights take `[batch, pixels, pixels]`: use on small feature maps only.
 */
export function selfAttention(scope: Scope, name: string, x: tf.Tensor): tf.Tensor {
  return scope.layer(name, (layer) => {
    const [batch, height, width, channels] = [extent(x, 0), extent(x, 1), extent(x, 2), extent(x, 3)];
    const inner = Math.max(1, Math.floor(channels / FEWER_CHANNELS));
    const pointwise = (part: string, from: tf.Tensor, filters: number): tf.Tensor =>
      conv2d(layer, part, from, { filters, kernelSize: 1, useBias: false, initialiser: glorotUniform });
    const rows = (part: string): tf.Tensor =>
      tf.reshape(pointwise(part, x, inner), [batch, height * width, inner]);
    const weights = tf.softmax(tf.matMul(rows('query'), rows('key'), false, true));
    const mixed = tf.reshape(tf.matMul(weights, rows('value')), [batch, height, width, inner]);
    const gamma = layer.parameter('gamma', [1], zeros);
    return tf.add(x, tf.mul(pointwise('output', mixed, channels), gamma));
  });
}
