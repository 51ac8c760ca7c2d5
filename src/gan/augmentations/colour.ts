import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { type LocalizableText, localizable } from '../../shared/localizable-text';
import type { Combination } from '../combination';
import type { AugmentationContext } from './augmentation';
import { defineAugmentation } from './augmentation';
import { perImage, refusePoints } from './draws';

/** Changes brightness, saturation and contrast, each by a random factor per image. */
export const colour = defineAugmentation({
  name: 'colour',
  title: 'Colour',
  description:
    'Random brightness (±0.5), saturation (0 to 2, colour images only) and contrast (0.5 to 1.5); the same for both images of a pair. Not for label maps.',
  paper: 'Zhao et al. 2020, "Differentiable Augmentation for Data-Efficient GAN Training", section 3.2',
  options: z.strictObject({}),
  unsuitable: (_options, combination) => refusePoints(combination) ?? refuseLabelMaps(combination),
  apply(images, context) {
    const brightness = tf.sub(perImage(images, context, 'brightness'), 0.5);
    let x = tf.add(images, tf.mul(context.gate, brightness));
    const channels = images.shape[3] ?? 1;
    if (channels > 1) x = spread(x, [3], tf.mul(perImage(images, context, 'saturation'), 2), context);
    return spread(x, [1, 2, 3], tf.add(perImage(images, context, 'contrast'), 0.5), context);
  },
});

function refuseLabelMaps({ data: { example, input } }: Combination): LocalizableText | undefined {
  return [example, input?.shape].some((shape) => shape?.kind === 'image' && shape.labelMap !== undefined)
    ? localizable('a label map has classes instead of colours; use "flip", "translation" or "cutout"')
    : undefined;
}

/** mean + factor·(x - mean), the mean over these axes; written so that a closed gate leaves x unchanged exactly. */
function spread(x: tf.Tensor, axes: number[], factor: tf.Tensor, { gate }: AugmentationContext): tf.Tensor {
  const excess = tf.mul(gate, tf.sub(factor, 1));
  return tf.add(x, tf.mul(excess, tf.sub(x, tf.mean(x, axes, true))));
}
