/**
 * A grouped convolution as a stack of matrix products over gathered patches, one for each group: what `grouped.mjs`
 * compares the product's way with. Its gradients are written out, because those of slices would be sums of padded images.
 */
import * as tf from '@tensorflow/tfjs-core';
import { extent } from '../../src/nn/layers/extents';

/** As in `src/nn/layers/convolve-groups.ts`, which it stands in for. */
export function convolveGroups(x: tf.Tensor, kernel: tf.Tensor, groups: number): tf.Tensor {
  return withGradient(
    x,
    kernel,
    (images, filters) => {
      const size = extent(filters, 0);
      const product = tf.matMul(patches(images, groups, size), byGroup(filters, groups));
      return ungrouped(product, [...images.shape.slice(0, 3), extent(filters, 3)]);
    },
    (dy, images, filters) => [
      convolveGroups(dy, turned(filters, groups), groups),
      filterGradient(images, dy, groups, extent(filters, 0)),
    ],
  );
}

function filterGradient(x: tf.Tensor, dy: tf.Tensor, groups: number, size: number): tf.Tensor {
  return withGradient(
    x,
    dy,
    (images, gradient) => {
      const product = tf.matMul(patches(images, groups, size), byGroup(gradient, groups), true);
      return ungrouped(product, [size, size, extent(images, 3) / groups, extent(gradient, 3)]);
    },
    (change, images, gradient) => [
      convolveGroups(gradient, turned(change, groups), groups),
      convolveGroups(images, change, groups),
    ],
  );
}

type Gradient = (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor[];

function withGradient(
  a: tf.Tensor,
  b: tf.Tensor,
  compute: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  gradient: Gradient,
): tf.Tensor {
  return tf.customGrad((...args) => {
    const [first, second] = args.filter((arg) => arg instanceof tf.Tensor);
    const save = args.find((arg) => typeof arg === 'function');
    if (first === undefined || second === undefined) throw new TypeError('customGrad passed no tensors');
    save?.([first, second]);
    return {
      value: compute(first, second),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => gradient(dy, saved[0] ?? first, saved[1] ?? second),
    };
  })(a, b);
}

/** `[batch, height, width, groups·channels] -> [groups, pixels, taps·channels]`. */
function patches(x: tf.Tensor, groups: number, size: number): tf.Tensor {
  const [batch, height, width] = [extent(x, 0), extent(x, 1), extent(x, 2)];
  const channels = extent(x, 3) / groups;
  const border = (size - 1) / 2;
  const images = tf.reshape(byGroup(x, groups), [groups * batch, height, width, channels]);
  const padded = tf.pad(images, [
    [0, 0],
    [border, border],
    [border, border],
    [0, 0],
  ]);
  const taps = Array.from({ length: size * size }, (_, tap) =>
    tf.slice(padded, [0, Math.floor(tap / size), tap % size, 0], [-1, height, width, -1]),
  );
  return tf.reshape(tf.concat(taps, 3), [groups, batch * height * width, size * size * channels]);
}

/** `[…, groups·columns] -> [groups, rows, columns]`. */
function byGroup(x: tf.Tensor, groups: number): tf.Tensor {
  return tf.transpose(tf.reshape(x, [-1, groups, extent(x, 3) / groups]), [1, 0, 2]);
}

function ungrouped(x: tf.Tensor, shape: number[]): tf.Tensor {
  return tf.reshape(tf.transpose(x, [1, 0, 2]), shape);
}

/** The kernel of the gradient of the input: mirrored, with inputs and filters of each group exchanged. */
function turned(kernel: tf.Tensor, groups: number): tf.Tensor {
  const [size, inputs, filters] = [extent(kernel, 0), extent(kernel, 2), extent(kernel, 3) / groups];
  const mirrored = tf.reshape(tf.reverse(kernel, [0, 1]), [size * size, inputs, groups, filters]);
  return tf.reshape(tf.transpose(mirrored, [0, 3, 2, 1]), [size, size, filters, groups * inputs]);
}
