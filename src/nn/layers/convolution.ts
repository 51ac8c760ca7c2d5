/** Convolutions. Images are `[batch, height, width, channels]`. */
import * as tf from '@tensorflow/tfjs-core';
import type { Initialiser } from '../initialisers';
import { glorotUniform, zeros } from '../initialisers';
import type { Scope } from '../scope';
import { extent, image } from './extents';

/** Zeros around the image that keep its size at a stride of 1, or none. */
export const PADDINGS = ['same', 'valid'] as const;

type Padding = (typeof PADDINGS)[number];

export interface ConvolutionOptions {
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides?: number;
  readonly useBias?: boolean;
  readonly initialiser?: Initialiser;
}

/**
 * `[batch, height, width, in] -> [batch, ⌈height/strides⌉, ⌈width/strides⌉, filters]`. Without padding, the kernel has to
 * fit: `⌊(height - kernelSize)/strides⌋ + 1` rows.
 *
 * @throws RangeError if it does not
 */
export function conv2d(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  { padding = 'same', ...options }: ConvolutionOptions & { readonly padding?: Padding },
): tf.Tensor {
  return scope.layer(name, (layer) => {
    const { filters, kernelSize, strides = 1, useBias = true, initialiser = glorotUniform } = options;
    const shape: [number, number, number, number] = [kernelSize, kernelSize, extent(x, 3), filters];
    const kernel = tf.reshape<tf.Rank.R4>(layer.parameter('kernel', shape, initialiser), shape);
    if (padding === 'valid' && Math.min(extent(x, 1), extent(x, 2)) < kernelSize)
      throw new RangeError(`kernels of ${kernelSize}×${kernelSize} do not fit into [${x.shape.join(', ')}]`);
    const result = tf.conv2d(image(x), kernel, strides, padding);
    return useBias ? tf.add(result, layer.parameter('bias', [filters], zeros)) : result;
  });
}

/** 'Same' padding: `[batch, height, width, in] -> [batch, height·strides, width·strides, filters]`. */
export function convTranspose2d(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  options: ConvolutionOptions,
): tf.Tensor {
  return scope.layer(name, (layer) => {
    const { filters, kernelSize, strides = 1, useBias = true, initialiser = glorotUniform } = options;
    const shape: [number, number, number, number] = [kernelSize, kernelSize, filters, extent(x, 3)];
    const kernel = tf.reshape<tf.Rank.R4>(layer.parameter('kernel', shape, initialiser), shape);
    const size: [number, number, number, number] = [
      extent(x, 0),
      extent(x, 1) * strides,
      extent(x, 2) * strides,
      filters,
    ];
    const result = tf.conv2dTranspose(image(x), kernel, size, strides, 'same');
    return useBias ? tf.add(result, layer.parameter('bias', [filters], zeros)) : result;
  });
}
