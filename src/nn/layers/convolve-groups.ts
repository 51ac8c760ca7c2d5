/**
 * How a grouped convolution is computed: as a few convolutions of neighbouring groups together, whose kernels are zero
 * between groups. One for each group would multiply less, but a step of many small convolutions takes long to compile; and
 * gathering the patches of each group for a stack of matrix products takes longer than the zeros.
 */
import * as tf from '@tensorflow/tfjs-core';
import { extent, image } from './extents';

/** Channels that are convolved together at most. */
const MAX_CHANNELS = 64;

/**
 * 'Same' padding: `[batch, height, width, in] -> [batch, height, width, filters]`.
 *
 * @param kernel `[size, size, in / groups, filters]`
 */
export function convolveGroups(x: tf.Tensor, kernel: tf.Tensor, groups: number): tf.Tensor {
  const merged = mergedGroups(groups, extent(kernel, 2));
  const parts = groups / merged;
  const convolved = (input: tf.Tensor, filters: tf.Tensor): tf.Tensor =>
    tf.conv2d(image(input), image(blockDiagonal(filters, merged)), 1, 'same');
  if (parts === 1) return convolved(x, kernel);
  const kernels = tf.split(kernel, parts, 3);
  return tf.concat(
    tf.split(x, parts, 3).map((part, i) => convolved(part, kernels[i] ?? kernel)),
    3,
  );
}

/** The largest number of groups that divides all of them and has few enough channels; at least one. */
function mergedGroups(groups: number, channels: number): number {
  const most = Math.max(1, Math.floor(MAX_CHANNELS / channels));
  for (let merged = Math.min(most, groups); merged > 1; merged--) if (groups % merged === 0) return merged;
  return 1;
}

/** `[size, size, channels, filters]` of some groups as the kernel of one convolution, `[…, groups·channels, filters]`. */
function blockDiagonal(kernel: tf.Tensor, groups: number): tf.Tensor {
  if (groups === 1) return kernel;
  const [channels, filters] = [extent(kernel, 2), extent(kernel, 3)];
  const rows = groups * channels;
  const isWithinGroup = Float32Array.from({ length: rows * filters }, (_, i) => {
    const [row, filter] = [Math.floor(i / filters), i % filters];
    return Math.floor(row / channels) === Math.floor((filter * groups) / filters) ? 1 : 0;
  });
  const copies = tf.concat(
    Array.from({ length: groups }, () => kernel),
    2,
  );
  return tf.mul(copies, tf.tensor2d(isWithinGroup, [rows, filters]));
}
