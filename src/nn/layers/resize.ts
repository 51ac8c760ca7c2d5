/** Bicubic enlargement inside a program, as the fixed part of a network that adds the rest. */
import * as tf from '@tensorflow/tfjs-core';
import { extent } from './extents';

/** Keys 1981, equation 15, with a = -1/2: the cubic that reproduces parabolas. */
function cubic(distance: number): number {
  const d = Math.abs(distance);
  if (d <= 1) return 1.5 * d ** 3 - 2.5 * d ** 2 + 1;
  return d < 2 ? -0.5 * d ** 3 + 2.5 * d ** 2 - 4 * d + 2 : 0;
}

/**
 * Weights `[from·channels, to·channels]` by which a row of `from` pixels becomes one of `to`, with pixels as squares
 * whose centres count, and the edge repeated beyond it.
 */
function rowWeights(from: number, to: number, channels: number): tf.Tensor2D {
  const columns = to * channels;
  const weights = new Float32Array(from * channels * columns);
  for (let target = 0; target < to; target++) {
    const centre = ((target + 0.5) * from) / to - 0.5;
    for (let tap = Math.floor(centre) - 1; tap <= Math.floor(centre) + 2; tap++) {
      const source = Math.min(from - 1, Math.max(0, tap));
      for (let channel = 0; channel < channels; channel++) {
        const at = (source * channels + channel) * columns + target * channels + channel;
        weights[at] = (weights[at] ?? 0) + cubic(tap - centre);
      }
    }
  }
  return tf.tensor2d(weights, [from * channels, columns]);
}

/** `[batch, h, w, channels] -> [batch, height, width, channels]`, larger than before; two matrix products. */
export function enlargeBicubic(x: tf.Tensor, height: number, width: number): tf.Tensor {
  const [batch, h, w, channels] = [extent(x, 0), extent(x, 1), extent(x, 2), extent(x, 3)];
  const wide = tf.matMul(tf.reshape(x, [batch * h, w * channels]), rowWeights(w, width, channels));
  const columns = tf.expandDims(rowWeights(h, height, 1), 0);
  const tall = tf.matMul(columns, tf.reshape(wide, [batch, h, width * channels]), true, false);
  return tf.reshape(tall, [batch, height, width, channels]);
}
