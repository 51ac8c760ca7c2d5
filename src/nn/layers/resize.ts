/** Bicubic upscaling inside a program, the fixed part of a network that predicts the residual. */
import * as tf from '@tensorflow/tfjs-core';
import { bicubicWeights } from '../bicubic';
import { extent } from './extents';

function rowWeights(from: number, to: number, channels: number): tf.Tensor2D {
  return tf.tensor2d(bicubicWeights(from, to, channels), [from * channels, to * channels]);
}

/** Upscales `[batch, h, w, channels] -> [batch, height, width, channels]` with two matrix products. */
export function enlargeBicubic(x: tf.Tensor, height: number, width: number): tf.Tensor {
  const [batch, h, w, channels] = [extent(x, 0), extent(x, 1), extent(x, 2), extent(x, 3)];
  const wide = tf.matMul(tf.reshape(x, [batch * h, w * channels]), rowWeights(w, width, channels));
  const columns = tf.expandDims(rowWeights(h, height, 1), 0);
  const tall = tf.matMul(columns, tf.reshape(wide, [batch, h, width * channels]), true, false);
  return tf.reshape(tall, [batch, height, width, channels]);
}
