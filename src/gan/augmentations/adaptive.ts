/**
 * Adaptive augmentation probability, adjusted during training to how much the discriminator overfits: ADA (Karras et
 * al. 2020, "Training Generative Adversarial Networks with Limited Data", section 3, equation 1).
 */
import * as tf from '@tensorflow/tfjs-core';
import type { AdaptiveProbability, BoundAugmentation } from '../settings';

export interface AdaptiveSettings {
  /** Logit above which the discriminator classifies an example as real; 0 in the paper. */
  readonly boundary: number;
  /** Target value of r_t = mean sign(D(real) - boundary), a number or a scalar; 0.6 in the paper. */
  readonly target: number | tf.Tensor;
  /** Minimum number of real images over which p moves from 0 to 1; 500,000 in the paper. */
  readonly speedImages: number;
}

/**
 * Returns the new probability p in [0, 1]: it rises by batch / speedImages where r_t is above the target (the
 * discriminator overfits its training set), and falls by the same amount where it is below.
 *
 * @param p scalar
 * @param realLogits `[batch, …]` of augmented real examples
 */
export function adaptProbability(
  p: tf.Tensor,
  realLogits: tf.Tensor,
  { boundary, target, speedImages }: AdaptiveSettings,
): tf.Tensor {
  const batch = realLogits.shape[0] ?? 1;
  const overfitting = tf.mean(tf.sign(tf.sub(realLogits, boundary)));
  const direction = tf.sign(tf.sub(overfitting, target));
  return tf.clipByValue(tf.add(p, tf.mul(direction, batch / speedImages)), 0, 1);
}

export function isAdaptive(
  probability: BoundAugmentation['probability'],
): probability is AdaptiveProbability {
  return typeof probability === 'object' && 'adapt' in probability;
}

/** The leaf that holds an adaptive probability, with its first value; none for other probabilities. */
export function probabilityLeaf(
  augmentation: BoundAugmentation | undefined,
  name: string,
): Record<string, { readonly shape: readonly number[]; readonly value: number }> {
  return augmentation !== undefined && isAdaptive(augmentation.probability)
    ? { [name]: { shape: [], value: 0 } }
    : {};
}
