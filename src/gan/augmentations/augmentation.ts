/**
 * A differentiable augmentation: a transform applied to real and generated images alike inside the program, so that
 * gradients reach the generator through it and it does not leak into generated images (Zhao et al. 2020; Karras et al.
 * 2020, "Training Generative Adversarial Networks with Limited Data"). To add one, create a file in this folder and
 * list it in `registry.ts`.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type * as z from 'zod';
import type { RandomSource } from '../../nn/scope';
import type { CombinedPart } from '../part';

export interface AugmentationContext {
  readonly random: RandomSource;
  /** `[batch, 1, 1, 1]`: 1 for images to transform, 0 for images that must stay unchanged. */
  readonly gate: Tensor;
}

export interface Augmentation<Options extends z.ZodObject = z.ZodObject> extends CombinedPart<Options> {
  /**
   * `[batch, height, width, channels]` in [-1, 1] to the same; twice differentiable in the images. Called for each
   * image of a pair with the same draws, so every draw must have the shape `[batch, 1, 1, 1]`.
   */
  apply(images: Tensor, context: AugmentationContext, options: z.output<Options>): Tensor;
}

/** Identity function that ties the options type to the function that takes them. */
export function defineAugmentation<Options extends z.ZodObject>(
  augmentation: Augmentation<Options>,
): Augmentation<Options> {
  return augmentation;
}
