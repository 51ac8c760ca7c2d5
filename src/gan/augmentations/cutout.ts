import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import type { AugmentationContext } from './augmentation';
import { defineAugmentation } from './augmentation';
import { perImage, positions, refusePoints } from './draws';

/** Hides a rectangle of each image, so that the discriminator cannot rely on any one detail. */
export const cutout = defineAugmentation({
  name: 'cutout',
  title: 'Cutout',
  description: 'Sets a random rectangle of each image to 0 (mid-grey); part of it may lie outside.',
  paper:
    'DeVries & Taylor 2017, "Improved Regularization of Convolutional Neural Networks with Cutout"; Zhao et al. 2020, "Differentiable Augmentation for Data-Efficient GAN Training", section 3.2',
  options: z.strictObject({
    ratio: z
      .number()
      .positive()
      .max(1)
      .default(0.5)
      .describe('Height and width of the rectangle, as a fraction of the image’s.'),
  }),
  unsuitable: (_options, combination) => refusePoints(combination),
  apply(images, context, { ratio }) {
    const [, height = 1, width = 1] = images.shape;
    const rows = inside(images, context, 'cutY', height, 1, ratio);
    const columns = inside(images, context, 'cutX', width, 2, ratio);
    return tf.mul(images, tf.sub(1, tf.mul(context.gate, tf.mul(rows, columns))));
  },
});

/** `[batch, height, 1, 1]` or `[batch, 1, width, 1]`: 1 along the rectangle's side, centred anywhere in the image. */
function inside(
  images: tf.Tensor,
  context: AugmentationContext,
  name: string,
  extent: number,
  axis: number,
  ratio: number,
): tf.Tensor {
  const side = Math.max(1, Math.round(extent * ratio));
  const places = extent + 1 - (side % 2);
  const first = tf.sub(tf.floor(tf.mul(perImage(images, context, name), places)), Math.floor(side / 2));
  const distance = tf.sub(positions(extent, axis, 4), first);
  return tf.mul(tf.step(tf.add(distance, 0.5)), tf.step(tf.sub(side - 0.5, distance)));
}
