import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { defineGeneratorLoss } from './generator-loss';

/** The loss whose minimum has the highest PSNR; on its own it yields the blurred mean of all plausible images. */
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
      .describe('Weight of this loss. The default is the paper’s ratio to the adversarial loss, 1 to 0.001.'),
  }),
  loss: ({ output, target }, { weight }) => tf.mul(tf.mean(tf.squaredDifference(output, target)), weight),
});
