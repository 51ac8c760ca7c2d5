/**
 * Pooling over blocks that do not overlap, made of slices and elementwise operations, so that the maximum has second
 * derivatives as well: the gradient goes to the largest pixel of a block, and to the first of several.
 */
import * as tf from '@tensorflow/tfjs-core';
import { extent } from './extents';

/**
 * Reduces each block of `size` × `size` pixels to one, without padding: rows and columns that fill no block are dropped,
 * as in other libraries.
 *
 * `[batch, height, width, channels] -> [batch, ⌊height/size⌋, ⌊width/size⌋, channels]`
 *
 * @throws RangeError if no block fits
 */
export function pool2d(x: tf.Tensor, size: number, by: 'mean' | 'max'): tf.Tensor {
  const [height, width] = [Math.floor(extent(x, 1) / size), Math.floor(extent(x, 2) / size)];
  if (height === 0 || width === 0)
    throw new RangeError(
      `blocks of ${size}×${size} pixels do not fit into images of [${x.shape.join(', ')}]`,
    );
  return poolBlocks(cropped(x, height * size, width * size), size, by);
}

/** The same for sizes that are multiples of `size`. */
export function poolBlocks(x: tf.Tensor, size: number, by: 'mean' | 'max'): tf.Tensor {
  const [height, width, channels] = [extent(x, 1) / size, extent(x, 2) / size, extent(x, 3)];
  const combine = by === 'max' ? tf.maximum : tf.add;
  // A row is a list of pixels, so rows and then pixels are neighbours within one axis.
  const rows = combined(tf.reshape(x, [-1, height, size * size * width * channels]), size, combine);
  const pixels = combined(tf.reshape(rows, [-1, width, size * channels]), size, combine);
  const result = tf.reshape(pixels, [-1, height, width, channels]);
  return by === 'max' ? result : tf.mul(result, 1 / size ** 2);
}

/** Combines the equal parts of the last of three axes. */
function combined(x: tf.Tensor, parts: number, combine: typeof tf.add): tf.Tensor {
  const size = extent(x, 2) / parts;
  return Array.from({ length: parts }, (_, i) => tf.slice(x, [0, 0, i * size], [-1, -1, size])).reduce(
    (a, b) => combine(a, b),
  );
}

function cropped(x: tf.Tensor, height: number, width: number): tf.Tensor {
  if (height === extent(x, 1) && width === extent(x, 2)) return x;
  return tf.slice(x, [0, 0, 0, 0], [-1, height, width, -1]);
}
