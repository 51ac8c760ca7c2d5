import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { anyOf, localizable } from '../../shared/localizable-text';
import { defineObjective } from './objective';

/** Regularisers that bound the critic's slope, without which its difference of means is unbounded. */
const LIPSCHITZ_CONSTRAINTS = ['weight-clipping', 'gradient-penalty', 'spectral-norm'];

/** The discriminator is a critic: its difference of means estimates the distance between the two distributions. */
export const wasserstein = defineObjective({
  name: 'wasserstein',
  title: 'Wasserstein',
  description:
    'The critic estimates the Wasserstein distance, which correlates with sample quality and gives gradients even where the distributions do not overlap. It needs a Lipschitz constraint: "weight-clipping" for WGAN, "gradient-penalty" for WGAN-GP, both with "criticSteps": 5.',
  paper: 'Arjovsky et al. 2017, "Wasserstein Generative Adversarial Networks", equation 2 and algorithm 1',
  formula: {
    discriminator: 'mean[D(G(z))] - mean[D(x)]',
    generator: '-mean[D(G(z))]',
  },
  options: z.strictObject({}),
  unsuitable: (_options, { regularisers }) =>
    LIPSCHITZ_CONSTRAINTS.some((name) => regularisers.includes(name))
      ? undefined
      : localizable(
          'the loss is unbounded without a Lipschitz constraint on the critic; add {0} to "regularisers"',
          anyOf(LIPSCHITZ_CONSTRAINTS.map((name) => JSON.stringify(name))),
        ),
  discriminatorLoss: ({ real, fake }) => tf.sub(tf.mean(fake), tf.mean(real)),
  generatorLoss: ({ fake }) => tf.neg(tf.mean(fake)),
});
