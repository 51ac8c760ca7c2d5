/**
 * What a transform of differentiable augmentation is: applied to real and generated images alike inside the program,
 * so that the generator learns through it and nothing of it leaks into its images (Zhao et al. 2020; Karras et al.
 * 2020, "Training Generative Adversarial Networks with Limited Data"). A new one is a file here and a line in `registry.ts`.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type * as z from 'zod';
import type { RandomSource } from '../../nn/scope';
import type { LocalizableText } from '../../shared/localizable-text';
import type { Combination } from '../combination';

export interface AugmentationContext {
  readonly random: RandomSource;
  /** `[batch, 1, 1, 1]`: 1 for the images that are to be transformed, 0 for the others, which must stay as they are. */
  readonly gate: Tensor;
}

export interface Augmentation<Options extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly paper: string;
  readonly options: Options;
  unsuitable?(options: z.output<Options>, combination: Combination): LocalizableText | undefined;
  /**
   * `[batch, height, width, channels]` in [-1, 1] to the same; differentiable in the images, twice where they are.
   * It is called for each image of a pair with the same draws, which are therefore of no shape but `[batch, 1, 1, 1]`.
   */
  apply(images: Tensor, context: AugmentationContext, options: z.output<Options>): Tensor;
}

/** Keeps the link between the options and the function that takes them. */
export function defineAugmentation<Options extends z.ZodObject>(
  augmentation: Augmentation<Options>,
): Augmentation<Options> {
  return augmentation;
}
