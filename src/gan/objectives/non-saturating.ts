import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { crossEntropyRange, discriminatorCrossEntropy, labelSmoothingOption } from './cross-entropy';
import { defineObjective } from './objective';

/** The generator maximises log D(G(z)), whose gradient is strong where the discriminator rejects its samples. */
export const nonSaturating = defineObjective({
  name: 'non-saturating',
  title: 'Non-saturating',
  description:
    'The original GAN loss in the form recommended for training: the generator maximises log D(G(z)), so gradients are strong while samples are poor. Also called the logistic loss; StyleGAN uses it with "r1".',
  paper: 'Goodfellow et al. 2014, "Generative Adversarial Nets", section 3',
  formula: {
    discriminator: '-mean[log D(x) + log(1 - D(G(z)))]',
    generator: '-mean[log D(G(z))]',
  },
  options: z.strictObject({ labelSmoothing: labelSmoothingOption }),
  scoresAreProbabilities: true,
  boundary: () => 0,
  discriminatorLossRange: ({ labelSmoothing }) => crossEntropyRange(labelSmoothing),
  discriminatorLoss: (logits, options) => discriminatorCrossEntropy(logits, options.labelSmoothing),
  generatorLoss: ({ fake }) => tf.mean(tf.softplus(tf.neg(fake))),
});
