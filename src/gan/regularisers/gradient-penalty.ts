import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { localizable } from '../../shared/localizable-text';
import { defineRegulariser } from './regulariser';
import { penaltyWeight, slopePenalty } from './slopes';

/** Pulls the critic's slope towards 1 between real and generated examples, as the Wasserstein distance requires. */
export const gradientPenalty = defineRegulariser({
  name: 'gradient-penalty',
  title: 'Gradient penalty (WGAN-GP)',
  description:
    'Pulls the discriminator’s gradient norm towards 1 at random points between real and generated images, in place of weight clipping. Typically used with "wasserstein" and "criticSteps": 5. In conditional training, images are generated with the classes of the real ones.',
  paper: 'Gulrajani et al. 2017, "Improved Training of Wasserstein GANs", equation 3 and algorithm 1',
  formula: 'weight · mean[ (‖∇ₓ logit(x̂)‖ - target)² ], x̂ = ε·x + (1 - ε)·G(z), ε uniform in [0, 1)',
  options: z.strictObject({
    weight: penaltyWeight,
    target: z.number().min(0).default(1).describe('Target gradient norm.'),
    oneSided: z
      .boolean()
      .default(false)
      .describe('Penalises only gradient norms above the target (section 4, "Two-sided penalty").'),
  }),
  unsuitable: (_options, { discriminator }) =>
    discriminator.mixesExamples
      ? localizable(
          'it needs the gradient at each example, and batch normalisation or the minibatch standard deviation in the discriminator mixes the batch; use another "norm" or remove "minibatchStddev"',
        )
      : undefined,
  joinsExamples: true,
  penalty({ discriminator, real, fake, random, weight }, options) {
    const shape = real.shape.map((extent, axis) => (axis === 0 ? extent : 1));
    const share = random('epsilon', shape, 'uniform');
    const between = tf.add(tf.mul(share, real), tf.mul(tf.sub(1, share), fake));
    return slopePenalty(discriminator, between, { ...options, weight: weight(options.weight) });
  },
});
