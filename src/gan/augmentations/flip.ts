import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { defineAugmentation } from './augmentation';
import { perImage, refusePoints } from './draws';

/** Mirrors half of the images horizontally. */
export const flip = defineAugmentation({
  name: 'flip',
  title: 'Horizontal flip',
  description: 'Flips images horizontally with probability ½. Not for letters and digits.',
  paper:
    'Karras et al. 2020, "Training Generative Adversarial Networks with Limited Data", appendix B ("pixel blitting")',
  options: z.strictObject({}),
  unsuitable: (_options, combination) => refusePoints(combination),
  apply(images, context) {
    const mirrored = tf.mul(context.gate, tf.step(tf.sub(perImage(images, context, 'flip'), 0.5)));
    return tf.add(tf.mul(images, tf.sub(1, mirrored)), tf.mul(tf.reverse(images, 2), mirrored));
  },
});
