import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import type { Logits } from './objective';
import { defineObjective } from './objective';

/** The discriminator judges how much more real an example is than a generated one, pair by pair. */
export const relativisticPairing = defineObjective({
  name: 'relativistic-pairing',
  title: 'Relativistic pairing (RpGAN)',
  description:
    'Compares each real image with one generated image, so that every real image pulls on the generator and none is left out. With the penalties r1 and r2 at every step it is the loss of R3GAN.',
  paper:
    'Huang et al. 2024, "The GAN is dead; long live the GAN! A Modern GAN Baseline", section 2; Jolicoeur-Martineau 2019, "The relativistic discriminator: a key element missing from standard GAN" (RSGAN)',
  formula: {
    discriminator: '-mean[log σ(D(x) - D(G(z)))]',
    generator: '-mean[log σ(D(G(z)) - D(x))]',
  },
  options: z.strictObject({}),
  generatorUsesReal: true,
  discriminatorLossRange: () => ({ sure: 0, undecided: Math.LN2 }),
  discriminatorLoss: ({ real, fake }) => moreReal({ real, fake }),
  generatorLoss: ({ real, fake }) => moreReal({ real: fake, fake: real }),
});

/** Cross-entropy of "`real` is more real than the `fake` at the same place in the batch". */
function moreReal({ real, fake }: Logits): tf.Tensor {
  return tf.mean(tf.softplus(tf.sub(fake, real)));
}
