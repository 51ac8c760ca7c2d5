/** Normalisation of activations over the batch, an example, a channel of an example, or a pixel. */
import * as tf from '@tensorflow/tfjs-core';
import { WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { type Initialiser, ones, zeros } from '../initialisers';
import type { Scope } from '../scope';
import { extent } from './extents';

export const NORMALISATIONS = ['batch', 'instance', 'layer', 'pixel', 'none'] as const;

export type Normalisation = (typeof NORMALISATIONS)[number];

/** Whether a layer before the normalisation needs a bias: a normalisation with its own shift makes one redundant. */
export function needsBias(kind: Normalisation): boolean {
  return kind === 'none' || kind === 'pixel';
}

export interface NormOptions {
  readonly epsilon?: number;
  readonly gammaInitialiser?: Initialiser;
}

export interface BatchNormOptions extends NormOptions {
  /** Weight of the previous running statistics in each update. */
  readonly momentum?: number;
}

/** Applies the selected normalisation; `none` returns `x`. Pixel normalisation has no parameters. */
export function norm(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  kind: Normalisation,
  options: NormOptions = {},
): tf.Tensor {
  switch (kind) {
    case 'batch':
      return batchNorm(scope, name, x, options);
    case 'instance':
      return instanceNorm(scope, name, x, options);
    case 'layer':
      return layerNorm(scope, name, x, options);
    case 'pixel':
      return pixelNorm(x);
    case 'none':
      return x;
  }
}

/**
 * Normalises each channel (the last axis) over all other axes (Ioffe & Szegedy 2015, algorithm 1): by the batch's mean
 * and variance in training, by the running statistics when sampling.
 *
 * If the scope normalises by class, each example uses the scale and shift of its class (Dumoulin et al. 2017, section
 * 2.2; Miyato & Koyama 2018, section 4).
 */
export function batchNorm(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  { momentum = 0.9, epsilon = 1e-5, gammaInitialiser = ones }: BatchNormOptions = {},
): tf.Tensor {
  return scope.layer(name, (layer) => {
    const channels = extent(x, x.rank - 1);
    const { gamma, beta } = scaleAndShift(layer, x, gammaInitialiser);
    const runningMean = layer.statistic('mean', [channels], zeros);
    const runningVariance = layer.statistic('variance', [channels], ones);
    if (layer.mode === 'sample') {
      const scale = tf.mul(gamma, tf.rsqrt(tf.add(runningVariance, epsilon)));
      return tf.add(tf.mul(x, scale), tf.sub(beta, tf.mul(runningMean, scale)));
    }
    const axes = axesBefore(x.rank - 1);
    const { mean, variance } = moments(x, axes);
    const blend = (old: tf.Tensor, present: tf.Tensor): tf.Tensor =>
      tf.add(tf.mul(old, momentum), tf.mul(tf.reshape(present, [channels]), 1 - momentum));
    layer.updateStatistic('mean', blend(runningMean, mean));
    layer.updateStatistic('variance', blend(runningVariance, variance));
    return normalise(x, gamma, beta, axes, epsilon);
  });
}

/** Normalises each channel of each example over its pixels (Ulyanov et al. 2016, equation 5), then scales and shifts. */
export function instanceNorm(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  { epsilon = 1e-5, gammaInitialiser = ones }: NormOptions = {},
): tf.Tensor {
  if (x.rank !== 4)
    throw new RangeError(`expected images to normalise by instance, found [${x.shape.join(', ')}]`);
  return scope.layer(name, (layer) => {
    const { gamma, beta } = scaleAndShift(layer, x, gammaInitialiser);
    return normalise(x, gamma, beta, [1, 2], epsilon);
  });
}

/** Normalises each example over all its values (Ba et al. 2016, equation 3), then scales and shifts each channel. */
export function layerNorm(
  scope: Scope,
  name: string,
  x: tf.Tensor,
  { epsilon = 1e-5, gammaInitialiser = ones }: NormOptions = {},
): tf.Tensor {
  return scope.layer(name, (layer) => {
    const { gamma, beta } = scaleAndShift(layer, x, gammaInitialiser);
    return normalise(
      x,
      gamma,
      beta,
      axesBefore(x.rank).filter((axis) => axis > 0),
      epsilon,
    );
  });
}

/** Divides each pixel by the root mean square of its channels (Karras et al. 2018, section 4.2). */
export function pixelNorm(x: tf.Tensor, epsilon = 1e-8): tf.Tensor {
  return tf.mul(x, tf.rsqrt(tf.add(tf.mean(tf.square(x), -1, true), epsilon)));
}

/** Scale and shift per channel, `[1, …, channels]`, or per example by class, `[batch, 1, …, channels]`. */
function scaleAndShift(
  layer: Scope,
  x: tf.Tensor,
  gammaInitialiser: Initialiser,
): { gamma: tf.Tensor; beta: tf.Tensor } {
  const channels = extent(x, x.rank - 1);
  if (!layer.normaliseByClass) {
    const shape = [...axesBefore(x.rank - 1).map(() => 1), channels];
    return {
      gamma: tf.reshape(layer.parameter('gamma', [channels], gammaInitialiser), shape),
      beta: tf.reshape(layer.parameter('beta', [channels], zeros), shape),
    };
  }
  const { labels } = layer;
  if (labels === undefined)
    throw new WorkbenchError(
      localizable('The layer {0} normalises per class, but the data has no classes.', layer.path),
      localizable('Use data with classes, or another conditioning of the generator.'),
    );
  const ofClass = (name: string, initialiser: Initialiser): tf.Tensor => {
    const table = layer.parameter(name, [extent(labels, 1), channels], initialiser);
    return tf.reshape(tf.matMul(labels, table), [
      extent(x, 0),
      ...axesBefore(x.rank - 2).map(() => 1),
      channels,
    ]);
  };
  return { gamma: ofClass('gamma', gammaInitialiser), beta: ofClass('beta', zeros) };
}

function axesBefore(end: number): number[] {
  return Array.from({ length: end }, (_, axis) => axis);
}

/** Mean and (biased) variance over the axes, which are kept with extent 1. */
function moments(x: tf.Tensor, axes: number[]): { centred: tf.Tensor; mean: tf.Tensor; variance: tf.Tensor } {
  const mean = tf.mean(x, axes, true);
  const centred = tf.sub(x, mean);
  return { centred, mean, variance: tf.mean(tf.square(centred), axes, true) };
}

/** Sums over the axes in which `shape` has extent 1 and `x` does not. */
function sumTo(x: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const axes = axesBefore(x.rank).filter((axis) => shape[axis] === 1 && x.shape[axis] !== 1);
  return axes.length === 0 ? x : tf.sum(x, axes, true);
}

/**
 * Normalisation with a closed-form gradient, which makes half as many passes over the activations as the gradient
 * composed from its parts. The moments are recomputed here although the caller computes them too; a compiled program
 * computes equal operations once.
 *
 * @param gamma of the rank of `x`, like `beta`
 * @param axes axes of the mean and variance
 */
function normalise(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  axes: number[],
  epsilon: number,
): tf.Tensor {
  const group = x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
  const count = x.size / group.reduce((product, extent) => product * extent, 1);
  /**
   * Full extent only along axes in which the scale or the group varies; the gradient's sums are reduced to this shape.
   */
  const inner = group.map((extent, axis) => Math.max(extent, gamma.shape[axis] ?? 1));
  const withGradient = tf.customGrad((...args) => {
    const [input, scale, shift, save] = normaliseArguments(args);
    save([input, scale]);
    const { centred, variance } = moments(input, axes);
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    const value = tf.add(tf.mul(centred, tf.mul(scale, inverse)), shift);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor[] => {
      const [savedInput = input, savedScale = scale] = saved;
      const again = moments(savedInput, axes);
      const inverseAgain = tf.rsqrt(tf.add(again.variance, epsilon));
      const sumDy = sumTo(dy, inner);
      const sumProducts = sumTo(tf.mul(dy, again.centred), inner);
      const factor = tf.mul(savedScale, inverseAgain);
      const slope = tf.mul(tf.mul(factor, tf.square(inverseAgain)), tf.div(sumProducts, -count));
      const offset = tf.mul(factor, tf.div(sumDy, -count));
      const dx = tf.add(
        tf.add(tf.mul(dy, factor), tf.mul(again.centred, sumTo(slope, group))),
        sumTo(offset, group),
      );
      return [dx, sumTo(tf.mul(sumProducts, inverseAgain), scale.shape), sumTo(sumDy, shift.shape)];
    };
    return { value, gradFunc };
  });
  return withGradient(x, gamma, beta);
}

/** tfjs passes the tensors, followed by the function that saves tensors for the gradient. */
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
