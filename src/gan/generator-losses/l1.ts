import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { defineGeneratorLoss } from './generator-loss';

/** Keeps a translated image close to its target; the adversarial loss makes it sharp. */
export const l1 = defineGeneratorLoss({
  name: 'l1',
  title: 'L1 distance',
  description: 'Mean absolute difference between output and target. Blurs less than "l2".',
  paper:
    'Isola et al. 2017, "Image-to-Image Translation with Conditional Adversarial Networks", section 3.1, equation 3',
  formula: 'weight · mean|G(x) - y|',
  options: z.strictObject({
    weight: z.number().positive().default(100).describe('Weight of this loss, λ in the paper.'),
  }),
  loss: ({ output, target }, { weight }) => tf.mul(tf.mean(tf.abs(tf.sub(output, target))), weight),
});
