import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { anyOf, said } from '../../shared/said';
import { defineObjective } from './objective';

/** What holds the critic's slope, without which its difference of means has no bound. */
const LIPSCHITZ_CONSTRAINTS = ['weight-clipping', 'gradient-penalty', 'spectral-norm'];

/** The discriminator is a critic: its difference of means estimates how far the two distributions are apart. */
export const wasserstein = defineObjective({
  name: 'wasserstein',
  title: 'Wasserstein',
  description:
    'The critic’s loss estimates the distance that probability mass must be moved, which falls as samples improve and gives gradients also where the two distributions do not overlap. The critic must be kept from growing steep: with "weight-clipping" this is the original WGAN, with "gradient-penalty" WGAN-GP; both use a "criticSteps" of 5.',
  paper: 'Arjovsky et al. 2017, "Wasserstein Generative Adversarial Networks", equation 2 and algorithm 1',
  formula: {
    discriminator: 'mean[D(G(z))] - mean[D(x)]',
    generator: '-mean[D(G(z))]',
  },
  options: z.strictObject({}),
  unsuitable: (_options, { regularisers }) =>
    LIPSCHITZ_CONSTRAINTS.some((name) => regularisers.includes(name))
      ? undefined
      : said(
          'the loss is unbounded without a Lipschitz constraint on the critic; add {0} to "regularisers"',
          anyOf(LIPSCHITZ_CONSTRAINTS.map((name) => JSON.stringify(name))),
        ),
  discriminatorLoss: ({ real, fake }) => tf.sub(tf.mean(fake), tf.mean(real)),
  generatorLoss: ({ fake }) => tf.neg(tf.mean(fake)),
});
