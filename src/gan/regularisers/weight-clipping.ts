import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { defineRegulariser } from './regulariser';

/** The original way to bound the critic's slope; kept for study, since clipping also wastes what it can express. */
export const weightClipping = defineRegulariser({
  name: 'weight-clipping',
  title: 'Weight clipping',
  description:
    'Clips every weight of the discriminator after each of its updates. What the first Wasserstein GAN does, with RMSprop at 5e-5 and a "criticSteps" of 5; the gradient penalty has replaced it, since clipping drives weights to the limits.',
  paper: 'Arjovsky et al. 2017, "Wasserstein Generative Adversarial Networks", algorithm 1',
  formula: 'w ← min(limit, max(-limit, w))',
  options: z.strictObject({
    limit: z
      .number()
      .positive()
      .default(0.01)
      .describe('Largest absolute value of a weight, c of the paper.'),
  }),
  constrain: (parameter, { limit }) => tf.clipByValue(parameter, -limit, limit),
});
