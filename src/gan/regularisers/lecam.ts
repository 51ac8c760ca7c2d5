import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { stopGradient } from '../../nn/stop-gradient';
import { scalarOption } from '../schedules/scalar';
import { defineRegulariser } from './regulariser';

/** Keeps logits near the average of the other kind, which limits the confidence of the discriminator. */
export const lecam = defineRegulariser({
  name: 'lecam',
  title: 'LeCam regularisation',
  description:
    'Pulls the logits of real images towards the moving average of those of generated images, and the other way round. Against overfitting of the discriminator on small datasets; can be combined with augmentation.',
  paper:
    'Tseng et al. 2021, "Regularizing Generative Adversarial Networks under Limited Data", equations 3 and 4',
  formula:
    'weight · (mean[(D(x) - α_fake)²] + mean[(D(G(z)) - α_real)²]), α ← decay·α + (1 - decay)·mean logit',
  options: z.strictObject({
    weight: scalarOption(z.number().positive())
      .default(0.3)
      .describe('Weight of the penalty, λ in the paper, or a ramp between two.'),
    decay: z
      .number()
      .min(0)
      .lt(1)
      .default(0.99)
      .describe('Decay of the averages per update, γ in the paper.'),
  }),
  state: { real: 0, fake: 0 },
  penalty({ logits, kept, keep, weight }, { decay, ...options }) {
    const average = (kind: 'real' | 'fake'): tf.Tensor => {
      const next = stopGradient(
        (before, values) => tf.add(tf.mul(before, decay), tf.mul(tf.mean(values), 1 - decay)),
        [kept(kind), logits[kind]],
      );
      keep(kind, next);
      return next;
    };
    const averages = { real: average('real'), fake: average('fake') };
    const distances = tf.add(
      tf.mean(tf.square(tf.sub(logits.real, averages.fake))),
      tf.mean(tf.square(tf.sub(logits.fake, averages.real))),
    );
    return tf.mul(distances, weight(options.weight));
  },
});
