import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { defineGeneratorLoss } from './generator-loss';

/** The loss whose minimum has the highest PSNR; alone it gives the blurred mean of all images that fit. */
export const l2 = defineGeneratorLoss({
  name: 'l2',
  title: 'L2 distance',
  description:
    'Mean squared difference between output and target: the pixel loss of SRGAN, and the basis of PSNR.',
  paper:
    'Ledig et al. 2017, "Photo-Realistic Single Image Super-Resolution Using a Generative Adversarial Network", equations 3 and 4',
  formula: 'weight · mean[(G(x) - y)²]',
  options: z.strictObject({
    weight: z
      .number()
      .positive()
      .default(1000)
      .describe('Against an adversarial loss of weight 1; the paper’s 1 and 0.001 are in the same ratio.'),
  }),
  loss: ({ output, target }, { weight }) => tf.mul(tf.mean(tf.squaredDifference(output, target)), weight),
});
