import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { defineRegulariser } from './regulariser';
import { penaltyWeight, slopePenalty } from './slopes';

/** Bounds the discriminator's slope around the data, where sharp slopes precede mode collapse. */
export const dragan = defineRegulariser({
  name: 'dragan',
  title: 'DRAGAN gradient penalty',
  description:
    'Pulls the discriminator’s gradient norm towards 1 in a neighbourhood of the real images only. Works with classifying objectives and one discriminator update per step.',
  paper: 'Kodali et al. 2017, "On Convergence and Stability of GANs", algorithm 1',
  formula: 'weight · mean[ (‖∇ₓ logit(x + δ)‖ - target)² ], x real, δ normal with deviation spread·σ(x)',
  options: z.strictObject({
    weight: penaltyWeight,
    target: z.number().min(0).default(1).describe('Target gradient norm, k in the paper.'),
    spread: z
      .number()
      .positive()
      .default(0.5)
      .describe('Size of the neighbourhood, relative to the standard deviation of the real batch.'),
  }),
  penalty({ discriminator, real, random, weight }, { spread, ...options }) {
    const noise = tf.mul(random('perturbation', real.shape, 'normal'), tf.mul(deviation(real), spread));
    return slopePenalty(discriminator, tf.add(real, noise), {
      ...options,
      weight: weight(options.weight),
      oneSided: false,
    });
  },
});

function deviation(x: tf.Tensor): tf.Tensor {
  return tf.sqrt(tf.mean(tf.square(tf.sub(x, tf.mean(x)))));
}
