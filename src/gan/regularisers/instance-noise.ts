import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { relu } from '../../nn/layers';
import { defineRegulariser } from './regulariser';

/** Makes the two distributions overlap, so that the discriminator cannot tell them apart with certainty. */
export const instanceNoise = defineRegulariser({
  name: 'instance-noise',
  title: 'Instance noise',
  description:
    'Adds normal noise to real and generated examples before the discriminator sees them, less and less as the run goes on. While there is noise the two distributions overlap, and the discriminator cannot become certain.',
  paper:
    'Arjovsky & Bottou 2017, "Towards Principled Methods for Training GANs", section 3; Sønderby et al. 2017, "Amortised MAP Inference for Image Super-Resolution"',
  formula: 'x + sigma · max(0, 1 - progress / until) · n, n normal',
  options: z.strictObject({
    sigma: z
      .number()
      .positive()
      .default(0.1)
      .describe('Standard deviation of the noise at the start, where images are in [-1, 1].'),
    until: z
      .number()
      .positive()
      .max(1)
      .default(1)
      .describe('Share of the run after which there is no noise any more.'),
  }),
  view(examples, { random, progress }, { sigma, until }) {
    const strength = tf.mul(relu(tf.sub(1, tf.div(progress(), until))), sigma);
    return tf.add(examples, tf.mul(random('noise', examples.shape, 'normal'), strength));
  },
});
