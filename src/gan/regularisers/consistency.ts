import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { refusePoints } from '../augmentations/draws';
import { flip } from '../augmentations/flip';
import { translation } from '../augmentations/translation';
import { defineRegulariser } from './regulariser';
import { penaltyWeight } from './slopes';

/** Penalises the discriminator for changing its output when an image is mirrored and shifted slightly. */
export const consistency = defineRegulariser({
  name: 'consistency',
  title: 'Consistency regularisation (CR-GAN)',
  description:
    'Penalises changes of the discriminator’s logit when a real image is flipped and shifted. Costs one more pass over the real batch.',
  paper: 'Zhang et al. 2020, "Consistency Regularization for Generative Adversarial Networks", algorithm 1',
  formula: 'weight · mean[ (D(x) - D(T(x)))² ], x real, T a random flip and shift',
  options: z.strictObject({
    weight: penaltyWeight,
    flip: z.boolean().default(true).describe('Flips images horizontally. Not for letters and digits.'),
    shift: z
      .number()
      .positive()
      .max(1)
      .default(0.125)
      .describe('Maximum shift, as a fraction of height and width; 4 of 32 pixels in the paper.'),
  }),
  unsuitable: (_options, combination) => refusePoints(combination),
  penalty({ discriminator, real, logits, random, weight }, options) {
    const context = { random, gate: tf.ones([real.shape[0] ?? 1, 1, 1, 1]) };
    const mirrored = options.flip ? flip.apply(real, context, {}) : real;
    const moved = translation.apply(mirrored, context, { ratio: options.shift });
    return tf.mul(tf.mean(tf.squaredDifference(logits.real, discriminator(moved))), weight(options.weight));
  },
});
