/** Convolutions with 'same' padding. Images are `[batch, height, width, channels]`. */
import * as tf from '@tensorflow/tfjs-core';
import type { Initialiser } from '../initialisers';
import { glorotUniform, zeros } from '../initialisers';
import type { Scope } from '../scope';
import { extent, image } from './extents';

export interface ConvolutionOptions {
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides?: number;
  readonly useBias?: boolean;
  readonly initialiser?: Initialiser;
}

/** 'Same' padding: `[batch, height, width, in] -> [batch, ⌈height/strides⌉, ⌈width/strides⌉, filters]`. */
export function conv2d(scope: Scope, name: string, x: tf.Tensor, options: ConvolutionOptions): tf.Tensor {
  return scope.layer(name, (layer) => {
    const { filters, kernelSize, strides = 1, useBias = true, initialiser = glorotUniform } = options;
    const shape: [number, number, number, number] = [kernelSize, kernelSize, extent(x, 3), filters];
    const kernel = tf.reshape<tf.Rank.R4>(layer.parameter('kernel', shape, initialiser), shape);
    const result = tf.conv2d(image(x), kernel, strides, 'same');
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
