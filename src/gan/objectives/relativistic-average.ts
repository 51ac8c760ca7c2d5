import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { crossEntropyRange } from './cross-entropy';
import type { Logits } from './objective';
import { defineObjective } from './objective';

/** The discriminator judges how much more real an example is than the average of the other kind. */
export const relativisticAverage = defineObjective({
  name: 'relativistic-average',
  title: 'Relativistic average (RaGAN)',
  description:
    'Compares each image with the average logit of the other kind (real or generated), so real images also contribute to the generator’s gradient. Used by ESRGAN.',
  paper:
    'Jolicoeur-Martineau 2019, "The relativistic discriminator: a key element missing from standard GAN", section 4 (RaSGAN)',
  formula: {
    discriminator: '-mean[log σ(D(x) - mean D(G(z)))] - mean[log(1 - σ(D(G(z)) - mean D(x)))]',
    generator: '-mean[log σ(D(G(z)) - mean D(x))] - mean[log(1 - σ(D(x) - mean D(G(z))))]',
  },
  options: z.strictObject({}),
  generatorUsesReal: true,
  discriminatorLossRange: () => crossEntropyRange(0),
  discriminatorLoss: ({ real, fake }) => relativistic({ real, fake }),
  generatorLoss: ({ real, fake }) => relativistic({ real: fake, fake: real }),
});

/** Cross-entropy of "`real` is more real than the average of `fake`" and of its opposite. */
function relativistic({ real, fake }: Logits): tf.Tensor {
  const onReal = tf.softplus(tf.sub(tf.mean(fake), real));
  const onFake = tf.softplus(tf.sub(fake, tf.mean(real)));
  return tf.add(tf.mean(onReal), tf.mean(onFake));
}
