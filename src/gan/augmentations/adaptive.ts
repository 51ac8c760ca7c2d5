/**
 * How often images are augmented, set while training from how much the discriminator overfits: ADA (Karras et al.
 * 2020, "Training Generative Adversarial Networks with Limited Data", section 3, equation 1).
 */
import * as tf from '@tensorflow/tfjs-core';

export interface AdaptiveSettings {
  /** The logit above which the discriminator takes an example for real; 0 in the paper. */
  readonly boundary: number;
  /** The value of r_t = mean sign(D(real) - boundary) that is aimed at; 0.6 in the paper. */
  readonly target: number;
  /** Real images over which p can go from 0 to 1 at the fastest; 500,000 in the paper. */
  readonly speedImages: number;
}

/**
 * The new probability p in [0, 1]: it rises by batch / speedImages where r_t is above the target (the discriminator
 * knows its training set too well), and falls by as much where it is below.
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
