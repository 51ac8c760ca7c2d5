/** Size of an axis of a layer's input; the error shows the shape if it has too few dimensions. */
import * as tf from '@tensorflow/tfjs-core';

export function extent(x: tf.Tensor, axis: number): number {
  const value = x.shape[axis];
  if (value === undefined)
    throw new RangeError(
      `expected a tensor with at least ${axis + 1} dimensions, found [${x.shape.join(', ')}]`,
    );
  return value;
}

/** The same tensor, typed as `[batch, height, width, channels]`. */
export function image(x: tf.Tensor): tf.Tensor4D {
  return tf.reshape<tf.Rank.R4>(x, [extent(x, 0), extent(x, 1), extent(x, 2), extent(x, 3)]);
}
