/**
 * The mapping network: from latents to the styles of all layers (Karras et al. 2019, "A Style-Based Generator
 * Architecture …", sections 2 and 3.1), with style mixing in training and truncation in samples.
 */
import * as tf from '@tensorflow/tfjs-core';
import { zeros } from '../../../nn/initialisers';
import { equalisedDense, pixelNorm, scaledLeakyRelu } from '../../../nn/layers';
import type { RandomSource, Scope } from '../../../nn/scope';
import type { LatentSpace } from '../../../shared/latent-space';
import { drawLatents } from '../../step/draw-latents';

/** Learning rate of the mapping network, relative to the rest (Karras et al. 2019, appendix C). */
const LEARNING_RATE_FACTOR = 0.01;
/** Weight of the previous running average of w in each update, of the authors' code. */
const AVERAGE_DECAY = 0.995;

export interface MappingOptions {
  readonly latents: LatentSpace;
  readonly depth: number;
  /** Number of layers that take a style. */
  readonly layers: number;
  /** Share of images in training that take the styles of two latents. */
  readonly mixing: number;
}

/**
 * Returns the styles of each layer, `[batch, layers, size]`.
 *
 * @param input `[batch, size]`, or with one-hot classes beside it `[batch, size + classes]`
 */
export function stylesOf(scope: Scope, input: tf.Tensor, options: MappingOptions): tf.Tensor {
  const { latents, layers, mixing } = options;
  const styles = (of: tf.Tensor): tf.Tensor => tf.expandDims(mapped(scope, of, options), 1);
  const everywhere = (w: tf.Tensor): tf.Tensor => tf.tile(w, [1, layers, 1]);
  if (scope.mode === 'sample') return everywhere(truncated(scope, styles(input), latents.size));
  const first = styles(input);
  updateAverage(scope, first, latents.size);
  if (mixing === 0) return everywhere(first);
  return scope.layer('mixing', ({ random }) => {
    const second = styles(besideClassesOf(input, drawLatents(random, input.shape[0] ?? 1, latents)));
    const change = tf.mul(tf.sub(second, first), isMixed(random, input.shape[0] ?? 1, options));
    return tf.add(first, change);
  });
}

/** The first layer that takes the second style is drawn for each image. @returns `[batch, layers, 1]` of 0 and 1 */
function isMixed(random: RandomSource, batch: number, { layers, mixing }: MappingOptions): tf.Tensor {
  const chance = tf.step(tf.sub(mixing, random('chance', [batch, 1, 1], 'uniform')));
  const crossover = tf.mul(random('crossover', [batch, 1, 1], 'uniform'), layers - 1);
  const order = tf.tensor3d([...Array(layers).keys()], [1, layers, 1]);
  return tf.mul(tf.step(tf.sub(order, crossover)), chance);
}

/** Other latents with the classes of the input. */
function besideClassesOf(input: tf.Tensor, latents: tf.Tensor): tf.Tensor {
  const [, size = 0] = latents.shape;
  const [, width = 0] = input.shape;
  return width === size ? latents : tf.concat([latents, tf.slice(input, [0, size], [-1, -1])], 1);
}

/** w of each latent, `[batch, size]`. Classes are embedded first (Karras et al. 2020, "… Limited Data", appendix). */
function mapped(scope: Scope, input: tf.Tensor, { latents: { size }, depth }: MappingOptions): tf.Tensor {
  return scope.layer('mapping', (mapping) => {
    const [, width = size] = input.shape;
    let x = pixelNorm(width === size ? input : tf.slice(input, [0, 0], [-1, size]));
    if (width > size) {
      const classes = tf.slice(input, [0, size], [-1, -1]);
      x = tf.concat([x, pixelNorm(equalisedDense(mapping, 'classes', classes, { units: size }))], 1);
    }
    for (let i = 1; i <= depth; i++) {
      const options = { units: size, learningRateFactor: LEARNING_RATE_FACTOR };
      x = scaledLeakyRelu(equalisedDense(mapping, `dense${i}`, x, options));
    }
    return x;
  });
}

/** The running average of w. */
function average(scope: Scope, size: number): tf.Tensor {
  return scope.statistic('average', [size], zeros);
}

/** @param w `[batch, 1, size]` */
function updateAverage(scope: Scope, w: tf.Tensor, size: number): void {
  scope.layer('mapping', (mapping) => {
    const present = tf.mean(w, [0, 1]);
    const past = average(mapping, size);
    mapping.updateStatistic('average', tf.add(present, tf.mul(tf.sub(past, present), AVERAGE_DECAY)));
  });
}

/** Moved towards the average by ψ (Karras et al. 2019, appendix B). @param w `[batch, 1, size]` */
function truncated(scope: Scope, w: tf.Tensor, size: number): tf.Tensor {
  return scope.layer('mapping', (mapping) => {
    const { truncation } = mapping;
    if (truncation === undefined) return w;
    const centre = average(mapping, size);
    return tf.add(centre, tf.mul(tf.sub(w, centre), truncation));
  });
}
