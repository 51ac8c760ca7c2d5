import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { defineRegulariser } from './regulariser';

/** The original way to bound the critic's slope; kept for study, since clipping also wastes the critic's capacity. */
export const weightClipping = defineRegulariser({
  name: 'weight-clipping',
  title: 'Weight clipping',
  description:
    'Clips the discriminator’s weights after each update. Used by the original WGAN with RMSprop at 5e-5 and "criticSteps": 5; "gradient-penalty" usually works better.',
  paper: 'Arjovsky et al. 2017, "Wasserstein Generative Adversarial Networks", algorithm 1',
  formula: 'w ← min(limit, max(-limit, w))',
  options: z.strictObject({
    limit: z
      .number()
      .positive()
      .default(0.01)
      .describe('Maximum absolute value of a weight, c in the paper.'),
  }),
  constrain: (parameter, { limit }) => tf.clipByValue(parameter, -limit, limit),
});
