import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
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
      : `nothing holds the critic’s slope, so that its loss has no bound; add one of ${LIPSCHITZ_CONSTRAINTS.map((name) => `"${name}"`).join(', ')} to "regularisers"`,
  discriminatorLoss: ({ real, fake }) => tf.sub(tf.mean(fake), tf.mean(real)),
  generatorLoss: ({ fake }) => tf.neg(tf.mean(fake)),
});
