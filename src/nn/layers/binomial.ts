/**
 * Resampling of images by 2 with the filter [1, 2, 1] along each axis (the shortest binomial filter; Zhang 2019, "Making
 * Convolutional Networks Shift-Invariant Again"): linear maps that are each other's gradient up to a factor. Pixels
 * outside of the image are 0.
 */
import * as tf from '@tensorflow/tfjs-core';
import { extent } from './extents';

/** The rows of `[batch, rows, width]` moved by one: the row after each, or before it, and zeros at the end. */
function neighbours(x: tf.Tensor, side: 'after' | 'before'): tf.Tensor {
  const [batch, rows, width] = [extent(x, 0), extent(x, 1), extent(x, 2)];
  const outside = tf.zeros([batch, 1, width]);
  if (rows === 1) return outside;
  return side === 'after'
    ? tf.concat([tf.slice(x, [0, 1, 0], [-1, rows - 1, -1]), outside], 1)
    : tf.concat([outside, tf.slice(x, [0, 0, 0], [-1, rows - 1, -1])], 1);
}

/** Inserts after each row the mean of it and the next. */
function doubledRows(x: tf.Tensor): tf.Tensor {
  const [batch, rows, width] = [extent(x, 0), extent(x, 1), extent(x, 2)];
  const between = tf.mul(tf.add(x, neighbours(x, 'after')), 0.5);
  return tf.reshape(tf.concat([x, between], 2), [batch, 2 * rows, width]);
}

/** `[batch, height, width, channels] -> [batch, 2·height, 2·width, channels]`: interpolates linearly. */
export function upsampleBinomial(x: tf.Tensor): tf.Tensor {
  const [batch, height, width, channels] = [extent(x, 0), extent(x, 1), extent(x, 2), extent(x, 3)];
  const wide = doubledRows(tf.reshape(x, [batch * height, width, channels]));
  const tall = doubledRows(tf.reshape(wide, [batch, height, 2 * width * channels]));
  return tf.reshape(tall, [batch, 2 * height, 2 * width, channels]);
}

/** Of each pair of rows the first, weighted 1/2, with its neighbours on both sides, weighted 1/4. */
function halvedRows(x: tf.Tensor): tf.Tensor {
  const [batch, rows, width] = [extent(x, 0), extent(x, 1) / 2, extent(x, 2)];
  const pairs = tf.reshape(x, [batch, rows, 2 * width]);
  const even = tf.slice(pairs, [0, 0, 0], [-1, -1, width]);
  const odd = tf.slice(pairs, [0, 0, width], [-1, -1, width]);
  return tf.add(tf.mul(even, 0.5), tf.mul(tf.add(odd, neighbours(odd, 'before')), 0.25));
}

/** `[batch, 2·height, 2·width, channels] -> [batch, height, width, channels]`. */
export function downsampleBinomial(x: tf.Tensor): tf.Tensor {
  const [batch, height, width, channels] = [extent(x, 0), extent(x, 1), extent(x, 2), extent(x, 3)];
  if (height % 2 !== 0 || width % 2 !== 0)
    throw new RangeError(`expected an even height and width to halve, found [${x.shape.join(', ')}]`);
  const low = halvedRows(tf.reshape(x, [batch, height, width * channels]));
  const small = halvedRows(tf.reshape(low, [(batch * height) / 2, width, channels]));
  return tf.reshape(small, [batch, height / 2, width / 2, channels]);
}
