/** Helpers shared by the transforms: draws per image, and positions along an axis to compare them with. */
import * as tf from '@tensorflow/tfjs-core';
import { type LocalizableText, localizable } from '../../shared/localizable-text';
import type { Combination } from '../combination';
import type { AugmentationContext } from './augmentation';

/** Returns why an image transform cannot be used on points; undefined if the data is images. */
export function refusePoints({ data }: Combination): LocalizableText | undefined {
  return data.example.kind === 'points'
    ? localizable('it transforms images, and the data is points')
    : undefined;
}

/** `[batch, 1, 1, 1]`, uniform in [0, 1), one value per image. */
export function perImage(images: tf.Tensor, { random }: AugmentationContext, name: string): tf.Tensor {
  return random(name, [images.shape[0] ?? 1, 1, 1, 1], 'uniform');
}

/** 0, 1, … `extent` - 1 along one axis of a tensor of this rank whose other axes have size 1. */
export function positions(extent: number, axis: number, rank: number): tf.Tensor {
  const shape = Array.from({ length: rank }, (_, i) => (i === axis ? extent : 1));
  return tf.tensor(
    Array.from({ length: extent }, (_, i) => i),
    shape,
    'float32',
  );
}
