import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { relu } from '../../nn/layers';
import { defineObjective } from './objective';

/** The discriminator stops learning from examples that it already classifies with a margin of 1. */
export const hinge = defineObjective({
  name: 'hinge',
  title: 'Hinge',
  description:
    'Margin loss: the discriminator ignores images that it already classifies with a margin of at least 1. Used with "spectral-norm" by SNGAN, SAGAN and BigGAN.',
  paper:
    'Lim & Ye 2017, "Geometric GAN"; Miyato et al. 2018, "Spectral Normalization for Generative Adversarial Networks", equations 16 and 17',
  formula: {
    discriminator: 'mean[max(0, 1 - D(x))] + mean[max(0, 1 + D(G(z)))]',
    generator: '-mean[D(G(z))]',
  },
  options: z.strictObject({
    jitter: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe(
        'Draws the margin of each image between 1 - jitter and 1, so that the discriminator does not settle at the margin; 0.2 in FastGAN (Liu et al. 2021).',
      ),
  }),
  boundary: () => 0,
  // Two margins, of 1 - jitter / 2 on average.
  discriminatorLossRange: ({ jitter }) => ({ sure: 0, undecided: 2 - jitter }),
  discriminatorLoss({ real, fake }, { jitter }, random) {
    const margin = (of: 'real' | 'fake', logits: tf.Tensor): tf.Tensor | number =>
      jitter === 0 ? 1 : tf.sub(1, tf.mul(random(`${of}Margin`, logits.shape, 'uniform'), jitter));
    return tf.add(
      tf.mean(relu(tf.sub(margin('real', real), real))),
      tf.mean(relu(tf.add(margin('fake', fake), fake))),
    );
  },
  generatorLoss: ({ fake }) => tf.neg(tf.mean(fake)),
});
