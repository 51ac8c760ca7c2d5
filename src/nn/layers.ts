/** The layers that networks are made of: functions of a scope, a name and an input. Images are NHWC. */
import * as tf from '@tensorflow/tfjs-core';
import type { Initialiser } from './initialisers';
import { glorotUniform, ones, zeros } from './initialisers';
import type { Scope } from './scope';

export interface DenseOptions {
  readonly units: number;
  readonly useBias?: boolean;
  readonly initialiser?: Initialiser;
}

/** `[batch, features] -> [batch, units]`. */
export function dense(scope: Scope, name: string, x: tf.Tensor, options: DenseOptions): tf.Tensor {
  return scope.layer(name, (layer) => {
    const { units, useBias = true, initialiser = glorotUniform } = options;
    const kernel = layer.parameter('kernel', [extent(x, 1), units], initialiser);
    const product = tf.matMul(x, kernel);
    return useBias ? tf.add(product, layer.parameter('bias', [units], zeros)) : product;
  });
}

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

export interface BatchNormOptions {
  /** Share of the old running statistics that stays at each step. */
  readonly momentum?: number;
  readonly epsilon?: number;
  readonly gammaInitialiser?: Initialiser;
}

/**
 * Normalises each channel (the last axis) over all others (Ioffe & Szegedy 2015, algorithm 1): by the batch's own
 * mean and variance in training, by the running ones when sampling.
 */
export function batchNorm(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  { momentum = 0.9, epsilon = 1e-5, gammaInitialiser = ones }: BatchNormOptions = {},
): tf.Tensor {
  return scope.layer(name, (layer) => {
    const channels = extent(x, x.rank - 1);
    const gamma = layer.parameter('gamma', [channels], gammaInitialiser);
    const beta = layer.parameter('beta', [channels], zeros);
    const runningMean = layer.statistic('mean', [channels], zeros);
    const runningVariance = layer.statistic('variance', [channels], ones);
    if (layer.mode === 'sample') {
      const scale = tf.mul(gamma, tf.rsqrt(tf.add(runningVariance, epsilon)));
      return tf.add(tf.mul(x, scale), tf.sub(beta, tf.mul(runningMean, scale)));
    }
    const { mean, variance } = moments(x);
    const blend = (old: tf.Tensor, present: tf.Tensor): tf.Tensor =>
      tf.add(tf.mul(old, momentum), tf.mul(present, 1 - momentum));
    layer.updateStatistic('mean', blend(runningMean, mean));
    layer.updateStatistic('variance', blend(runningVariance, variance));
    return normalise(x, gamma, beta, epsilon);
  });
}

/** Mean and (biased) variance of each channel, `[channels]`. */
function moments(x: tf.Tensor): { centred: tf.Tensor; mean: tf.Tensor; variance: tf.Tensor } {
  const axes = Array.from({ length: x.rank - 1 }, (_, axis) => axis);
  const mean = tf.mean(x, axes);
  const centred = tf.sub(x, mean);
  return { centred, mean, variance: tf.mean(tf.square(centred), axes) };
}

/**
 * The normalisation with its gradient in closed form, which passes over the activations half as often as the
 * gradient that would be put together from the gradients of its parts. The moments are written once more here than
 * outside; equal operations of a program are computed once.
 */
function normalise(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): tf.Tensor {
  const count = x.size / gamma.size;
  const axes = Array.from({ length: x.rank - 1 }, (_, axis) => axis);
  const withGradient = tf.customGrad((...args) => {
    const [input, scale, shift, save] = normaliseArguments(args);
    save([input, scale]);
    const { centred, variance } = moments(input);
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    const value = tf.add(tf.mul(centred, tf.mul(scale, inverse)), shift);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const [savedInput = input, savedScale = scale] = saved;
      const again = moments(savedInput);
      const inverseAgain = tf.rsqrt(tf.add(again.variance, epsilon));
      const sumDy = tf.sum(dy, axes);
      const sumProducts = tf.sum(tf.mul(dy, again.centred), axes);
      const factor = tf.mul(savedScale, inverseAgain);
      const slope = tf.mul(tf.mul(factor, tf.square(inverseAgain)), tf.div(sumProducts, -count));
      const offset = tf.mul(factor, tf.div(sumDy, -count));
      const dx = tf.add(tf.add(tf.mul(dy, factor), tf.mul(again.centred, slope)), offset);
      return [dx, tf.mul(sumProducts, inverseAgain), sumDy];
    };
    return { value, gradFunc };
  });
  return withGradient(x, gamma, beta);
}

/** tfjs passes the tensors and, last, the function that keeps some of them for the gradient. */
function normaliseArguments(
  args: readonly unknown[],
): [tf.Tensor, tf.Tensor, tf.Tensor, (tensors: tf.Tensor[]) => void] {
  const [x, gamma, beta, save] = args;
  if (
    x instanceof tf.Tensor &&
    gamma instanceof tf.Tensor &&
    beta instanceof tf.Tensor &&
    typeof save === 'function'
  )
    return [x, gamma, beta, (tensors) => void save(tensors)];
  throw new TypeError('customGrad did not pass its tensors on');
}

/** max(x, alpha·x) (Maas et al. 2013), in a form that can be differentiated twice, as gradient penalties need. */
export function leakyRelu(x: tf.Tensor, alpha = 0.2): tf.Tensor {
  return tf.mul(x, tf.step(x, alpha));
}

export function relu(x: tf.Tensor): tf.Tensor {
  return leakyRelu(x, 0);
}

/** `[batch, …] -> [batch, features]`. */
export function flatten(x: tf.Tensor): tf.Tensor {
  return tf.reshape(x, [extent(x, 0), x.size / extent(x, 0)]);
}

function extent(x: tf.Tensor, axis: number): number {
  const value = x.shape[axis];
  if (value === undefined)
    throw new RangeError(
      `expected a tensor with at least ${axis + 1} dimensions, found [${x.shape.join(', ')}]`,
    );
  return value;
}

function image(x: tf.Tensor): tf.Tensor4D {
  return tf.reshape<tf.Rank.R4>(x, [extent(x, 0), extent(x, 1), extent(x, 2), extent(x, 3)]);
}
