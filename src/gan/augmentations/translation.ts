import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { relu } from '../../nn/layers';
import type { AugmentationContext } from './augmentation';
import { defineAugmentation } from './augmentation';
import { perImage, positions, refusePoints } from './draws';

/**
 * Shifts each image by whole pixels. Each shift is a matrix of zeros and ones, since a matrix product can be
 * differentiated any number of times, unlike a gather.
 */
export const translation = defineAugmentation({
  name: 'translation',
  title: 'Translation',
  description: 'Random shift by whole pixels, padded with 0 (mid-grey) as in the paper.',
  paper: 'Zhao et al. 2020, "Differentiable Augmentation for Data-Efficient GAN Training", section 3.2',
  options: z.strictObject({
    ratio: z
      .number()
      .positive()
      .max(1)
      .default(0.125)
      .describe('Maximum shift, as a fraction of height and width.'),
  }),
  unsuitable: (_options, combination) => refusePoints(combination),
  apply(images, context, { ratio }) {
    const [batch = 1, height = 1, width = 1, channels = 1] = images.shape;
    const rows = tf.reshape(images, [batch, height, width * channels]);
    const down = tf.matMul(shiftMatrix(images, context, 'shiftY', height, ratio), rows);
    const columns = tf.transpose(tf.reshape(down, [batch, height, width, channels]), [0, 2, 1, 3]);
    const along = tf.matMul(
      shiftMatrix(images, context, 'shiftX', width, ratio),
      tf.reshape(columns, [batch, width, height * channels]),
    );
    return tf.transpose(tf.reshape(along, [batch, width, height, channels]), [0, 2, 1, 3]);
  },
});

/**
 * `[batch, extent, extent]`: 1 where row - column is the image's shift, of at most ±round(extent·ratio); closed gates
 * have shift 0.
 */
function shiftMatrix(
  images: tf.Tensor,
  context: AugmentationContext,
  name: string,
  extent: number,
  ratio: number,
): tf.Tensor {
  const most = Math.round(extent * ratio);
  const drawn = tf.sub(tf.floor(tf.mul(perImage(images, context, name), 2 * most + 1)), most);
  const shift = tf.reshape(tf.mul(context.gate, drawn), [-1, 1, 1]);
  const difference = tf.sub(positions(extent, 1, 3), positions(extent, 2, 3));
  return relu(tf.sub(1, tf.abs(tf.sub(difference, shift))));
}
