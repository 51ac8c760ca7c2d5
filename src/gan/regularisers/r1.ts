import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { defineRegulariser } from './regulariser';
import { squaredSlopes } from './slopes';

/** Penalises the discriminator's gradient on real data, which makes training converge locally. */
export const r1 = defineRegulariser({
  name: 'r1',
  title: 'R1 gradient penalty',
  description:
    'Penalises the slope of the discriminator on real examples, so that it cannot push the generator away once the two distributions agree. The most dependable single cure for unstable training.',
  paper: 'Mescheder et al. 2018, "Which Training Methods for GANs do actually Converge?", equation 9',
  formula: '(weight / 2) · mean[ ‖∇ₓ logit(x)‖² ], x real',
  options: z.strictObject({
    weight: z.number().positive().default(10).describe('γ of the paper; 10 for images, 0.1 to 1 for points.'),
  }),
  penalty: ({ discriminator, real }, { weight }) =>
    tf.mul(tf.mean(squaredSlopes(discriminator, real)), weight / 2),
});
