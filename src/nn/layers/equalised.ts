/**
 * Layers with an equalised learning rate (Karras et al. 2018, "Progressive Growing of GANs", section 4.1): weights are
 * drawn from a standard normal distribution and scaled by 1/√fan-in whenever they are used, so that Adam changes the
 * weights of all layers at the same relative speed. The gain √2 of that paper belongs to `scaledLeakyRelu` here.
 */
import * as tf from '@tensorflow/tfjs-core';
import { constantOf, normalOf } from '../initialisers';
import type { Scope } from '../scope';
import { extent, image } from './extents';
import { convolveDown } from './fir';

export interface EqualisedDenseOptions {
  readonly units: number;
  readonly useBias?: boolean;
  /** Initial value of the bias. */
  readonly bias?: number;
  /** Multiplies the learning rate of this layer (Karras et al. 2019, "A Style-Based Generator …", appendix C). */
  readonly learningRateFactor?: number;
}

/** `[batch, features] -> [batch, units]`. */
export function equalisedDense(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  { units, useBias = true, bias = 0, learningRateFactor = 1 }: EqualisedDenseOptions,
): tf.Tensor {
  return scope.layer(name, (layer) => {
    const shape = [extent(x, 1), units];
    const kernel = equalisedKernel(layer, shape, extent(x, 1), learningRateFactor);
    const product = tf.matMul(x, kernel);
    if (!useBias) return product;
    const stored = layer.parameter('bias', [units], constantOf(bias / learningRateFactor));
    return tf.add(product, learningRateFactor === 1 ? stored : tf.mul(stored, learningRateFactor));
  });
}

export interface EqualisedConvolutionOptions {
  readonly filters: number;
  readonly kernelSize: 1 | 3;
  readonly useBias?: boolean;
  /** Halves the image: blurs it and convolves with stride 2; for kernels of 3×3. */
  readonly halves?: boolean;
}

/** 'Same' padding: `[batch, height, width, in] -> [batch, height, width, filters]`, or half the height and width. */
export function equalisedConv2d(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  { filters, kernelSize, useBias = true, halves = false }: EqualisedConvolutionOptions,
): tf.Tensor {
  return scope.layer(name, (layer) => {
    const channels = extent(x, 3);
    const shape = [kernelSize, kernelSize, channels, filters];
    const kernel = image(equalisedKernel(layer, shape, kernelSize ** 2 * channels));
    const result = halves ? convolveDown(x, kernel) : tf.conv2d(image(x), kernel, 1, 'same');
    return useBias ? tf.add(result, layer.parameter('bias', [filters], constantOf(0))) : result;
  });
}

/** The parameter `kernel` of a layer, scaled by factor/√fan-in. */
export function equalisedKernel(
  layer: Scope,
  shape: readonly number[],
  fanIn: number,
  learningRateFactor = 1,
): tf.Tensor {
  const gain = learningRateFactor / Math.sqrt(fanIn);
  return tf.mul(layer.parameter('kernel', shape, normalOf(1 / learningRateFactor), gain), gain);
}
