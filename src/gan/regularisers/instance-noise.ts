import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { relu } from '../../nn/layers';
import { defineRegulariser } from './regulariser';

/** Makes the two distributions overlap, so that the discriminator cannot tell them apart with certainty. */
export const instanceNoise = defineRegulariser({
  name: 'instance-noise',
  title: 'Instance noise',
  description:
    'Adds Gaussian noise to real and generated images before the discriminator, decreasing over the run. The noise makes the two distributions overlap, so the discriminator cannot separate them perfectly.',
  paper:
    'Arjovsky & Bottou 2017, "Towards Principled Methods for Training GANs", section 3; Sønderby et al. 2017, "Amortised MAP Inference for Image Super-Resolution"',
  formula: 'x + sigma · max(0, 1 - progress / until) · n, n normal',
  options: z.strictObject({
    sigma: z
      .number()
      .positive()
      .default(0.1)
      .describe('Initial standard deviation of the noise; images are in [-1, 1].'),
    until: z
      .number()
      .positive()
      .max(1)
      .default(1)
      .describe('Fraction of the run after which the noise is zero.'),
  }),
  view(examples, { random, progress }, { sigma, until }) {
    const strength = tf.mul(relu(tf.sub(1, tf.div(progress(), until))), sigma);
    return tf.add(examples, tf.mul(random('noise', examples.shape, 'normal'), strength));
  },
});
