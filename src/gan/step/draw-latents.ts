/** Draws latents inside a program. */
import * as tf from '@tensorflow/tfjs-core';
import type { RandomSource } from '../../nn/scope';
import type { LatentSpace } from '../../shared/latent-space';

/** Draws latents from the config's prior, `[count, size]`. */
export function drawLatents(random: RandomSource, count: number, { size, prior }: LatentSpace): tf.Tensor {
  if (prior === 'normal') return random('latents', [count, size], 'normal');
  return tf.sub(tf.mul(random('latents', [count, size], 'uniform'), 2), 1);
}
