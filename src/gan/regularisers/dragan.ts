import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { defineRegulariser } from './regulariser';
import { slopePenalty } from './slopes';

/** Holds the discriminator's slope around the data, where sharp slopes precede mode collapse. */
export const dragan = defineRegulariser({
  name: 'dragan',
  title: 'DRAGAN gradient penalty',
  description:
    'Draws the slope of the discriminator towards 1 in a neighbourhood of the real examples only, so that it may stay steep elsewhere. Works with the objectives that classify, at one discriminator update a step.',
  paper: 'Kodali et al. 2017, "On Convergence and Stability of GANs", algorithm 1',
  formula: 'weight · mean[ (‖∇ₓ logit(x + δ)‖ - target)² ], x real, δ normal with deviation spread·σ(x)',
  options: z.strictObject({
    weight: z.number().positive().default(10).describe('λ of the paper.'),
    target: z.number().min(0).default(1).describe('The slope that is aimed at, k of the paper.'),
    spread: z
      .number()
      .positive()
      .default(0.5)
      .describe('Size of the neighbourhood, as a share of the standard deviation of the real batch.'),
  }),
  penalty({ discriminator, real, random }, { spread, ...options }) {
    const noise = tf.mul(random('perturbation', real.shape, 'normal'), tf.mul(deviation(real), spread));
    return slopePenalty(discriminator, tf.add(real, noise), { ...options, oneSided: false });
  },
});

function deviation(x: tf.Tensor): tf.Tensor {
  return tf.sqrt(tf.mean(tf.square(tf.sub(x, tf.mean(x)))));
}
