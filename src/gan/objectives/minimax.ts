import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { crossEntropyRange, discriminatorCrossEntropy, labelSmoothingOption } from './cross-entropy';
import { defineObjective } from './objective';

/** Both players share one value function; kept for study, since its generator gradient vanishes early on. */
export const minimax = defineObjective({
  name: 'minimax',
  title: 'Minimax',
  description:
    'The original minimax game: the generator minimises what the discriminator maximises. The generator’s gradient vanishes when the discriminator is confident; use "non-saturating" for training.',
  paper: 'Goodfellow et al. 2014, "Generative Adversarial Nets", equation 1',
  formula: {
    discriminator: '-mean[log D(x) + log(1 - D(G(z)))]',
    generator: 'mean[log(1 - D(G(z)))]',
  },
  options: z.strictObject({ labelSmoothing: labelSmoothingOption }),
  scoresAreProbabilities: true,
  boundary: () => 0,
  discriminatorLossRange: ({ labelSmoothing }) => crossEntropyRange(labelSmoothing),
  discriminatorLoss: (logits, options) => discriminatorCrossEntropy(logits, options.labelSmoothing),
  generatorLoss: ({ fake }) => tf.neg(tf.mean(tf.softplus(fake))),
});
