/**
 * Upsampling and downsampling of images by 2 without holes or checkerboard artefacts: linear maps that are each other's
 * gradient, differentiable to any order, with variants fused with an adjacent convolution.
 */
import * as tf from '@tensorflow/tfjs-core';
import { glorotUniform, zeros } from '../initialisers';
import type { Scope } from '../scope';
import type { ConvolutionOptions } from './convolution';
import { extent, image } from './extents';
import { poolBlocks } from './pooling';

/** Repeats each pixel 2×2: `[batch, height, width, channels] -> [batch, 2·height, 2·width, channels]`. */
export function upsampleNearest(x: tf.Tensor): tf.Tensor {
  const [height, width, channels] = [extent(x, 1), extent(x, 2), extent(x, 3)];
  // A row is a list of pixels, so an axis is doubled by concatenating the tensor with itself along the next axis.
  const pixels = tf.reshape(x, [-1, width, channels]);
  const rows = tf.reshape(tf.concat([pixels, pixels], 2), [-1, height, 2 * width * channels]);
  return tf.reshape(tf.concat([rows, rows], 2), [-1, 2 * height, 2 * width, channels]);
}

/** Averages each 2×2 block: `[batch, 2·height, 2·width, channels] -> [batch, height, width, channels]`. */
export function averagePool(x: tf.Tensor): tf.Tensor {
  expectEven(x);
  return poolBlocks(x, 2, 'mean');
}

function expectEven(x: tf.Tensor): void {
  if (extent(x, 1) % 2 !== 0 || extent(x, 2) % 2 !== 0)
    throw new RangeError(`expected an even height and width to halve, found [${x.shape.join(', ')}]`);
}

/**
 * Sub-pixel shuffle (Shi et al. 2016, equation 4): the channels of one input pixel become a square of output pixels,
 * row by row.
 *
 * `[batch, height, width, factor²·channels] -> [batch, factor·height, factor·width, channels]`
 */
export function depthToSpace(x: tf.Tensor, factor: number): tf.Tensor {
  const [height, width, depth] = [extent(x, 1), extent(x, 2), extent(x, 3)];
  const channels = depth / factor ** 2;
  if (!Number.isInteger(channels))
    throw new RangeError(`${depth} channels cannot be dealt out to squares of ${factor}×${factor}`);
  const squares = tf.reshape(x, [extent(x, 0) * height, width, factor, factor * channels]);
  return tf.reshape(tf.transpose(squares, [0, 2, 1, 3]), [-1, factor * height, factor * width, channels]);
}

/** Sum of a kernel and its copies shifted by one along each axis: `[size, size, …] -> [size + 1, size + 1, …]`. */
function widened(kernel: tf.Tensor): tf.Tensor4D {
  const along = (value: tf.Tensor, axis: number): tf.Tensor => {
    const side = (before: number): [number, number][] =>
      value.shape.map((_, i) => (i === axis ? [before, 1 - before] : [0, 0]));
    return tf.add(tf.pad(value, side(0)), tf.pad(value, side(1)));
  };
  return image(along(along(kernel, 0), 1));
}

/**
 * `conv2d` followed by `averagePool` (the downsampling of WGAN-GP and SNGAN), fused into one convolution of stride 2
 * with a kernel larger by one: the same function with fewer than half the multiplications. Sizes must be even.
 */
export function convMeanPool(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  { filters, kernelSize, useBias = true, initialiser = glorotUniform }: Omit<ConvolutionOptions, 'strides'>,
): tf.Tensor {
  return scope.layer(name, (layer) => {
    expectEven(x);
    const kernel = layer.parameter('kernel', [kernelSize, kernelSize, extent(x, 3), filters], initialiser);
    const result = tf.conv2d(image(x), widened(tf.mul(kernel, 0.25)), 2, 'same');
    return useBias ? tf.add(result, layer.parameter('bias', [filters], zeros)) : result;
  });
}

/**
 * `upsampleNearest` followed by a convolution (Odena et al. 2016, "Deconvolution and Checkerboard Artifacts"), fused
 * into one transposed convolution of stride 2 with a kernel larger by one: the same function with fewer than half the
 * multiplications. The kernel is stored like that of a transposed convolution, `[size, size, filters, in]`, mirrored.
 */
export function upsampleConv(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  { filters, kernelSize, useBias = true, initialiser = glorotUniform }: Omit<ConvolutionOptions, 'strides'>,
): tf.Tensor {
  return scope.layer(name, (layer) => {
    const kernel = layer.parameter('kernel', [kernelSize, kernelSize, filters, extent(x, 3)], initialiser);
    const size: [number, number, number, number] = [
      extent(x, 0),
      2 * extent(x, 1),
      2 * extent(x, 2),
      filters,
    ];
    const result = tf.conv2dTranspose(image(x), widened(kernel), size, 2, 'same');
    return useBias ? tf.add(result, layer.parameter('bias', [filters], zeros)) : result;
  });
}
