/**
 * Convolutions whose input channels are scaled by a style (Karras et al. 2020, "Analyzing and Improving the Image
 * Quality of StyleGAN", section 2.2). Instead of a kernel for each example, the input is multiplied by the style and the
 * output by the demodulation, which is the same function and keeps one convolution for the batch.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Scope } from '../scope';
import { equalisedKernel } from './equalised';
import { extent, image } from './extents';
import { convolveUp } from './fir';

/** Keeps the square root finite (equation 3). */
const EPSILON = 1e-8;

export interface ModulatedConvolutionOptions {
  readonly filters: number;
  readonly kernelSize: 1 | 3;
  /** Whether each output channel is divided by the norm of its modulated weights (equation 3). */
  readonly demodulates?: boolean;
  /** Doubles the image and blurs it; for kernels of 3×3. Its kernel is stored as `[size, size, filters, in]`. */
  readonly doubles?: boolean;
}

/**
 * 'Same' padding, without bias: `[batch, height, width, in] -> [batch, height, width, filters]`, or twice the height and
 * width.
 *
 * @param style `[batch, in]`
 */
export function modulatedConv2d(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  style: tf.Tensor,
  { filters, kernelSize, demodulates = true, doubles = false }: ModulatedConvolutionOptions,
): tf.Tensor {
  return scope.layer(name, (layer) => {
    const channels = extent(x, 3);
    const ends = doubles ? [filters, channels] : [channels, filters];
    const kernel = equalisedKernel(layer, [kernelSize, kernelSize, ...ends], kernelSize ** 2 * channels);
    const modulated = tf.mul(x, tf.reshape(style, [-1, 1, 1, channels]));
    const result = doubles
      ? convolveUp(modulated, kernel)
      : tf.conv2d(image(modulated), image(kernel), 1, 'same');
    if (!demodulates) return result;
    const squares = tf.matMul(tf.square(style), tf.sum(tf.square(kernel), [0, 1]), false, doubles);
    return tf.mul(result, tf.reshape(tf.rsqrt(tf.add(squares, EPSILON)), [-1, 1, 1, filters]));
  });
}
