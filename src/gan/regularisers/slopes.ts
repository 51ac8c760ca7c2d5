/** Shared by the gradient penalties: the slope of the discriminator at each example. */
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { type Scalar, scalarOption } from '../schedules/scalar';
import type { PenaltyInputs } from './regulariser';

/** Keeps the gradient of the square root finite where the slope is 0. */
const EPSILON = 1e-12;

/**
 * ‖∇ₓ logit(x)‖² of each example, `[batch]`. With a patch discriminator, an example's logit is the mean over its
 * patches, as in the losses.
 */
function squaredSlopes(discriminator: PenaltyInputs['discriminator'], examples: tf.Tensor): tf.Tensor {
  const batch = examples.shape[0] ?? 1;
  const gradient = tf.grad((x: tf.Tensor) => {
    const logits = discriminator(x);
    return tf.mul(tf.sum(logits), batch / logits.size);
  })(examples);
  return tf.sum(tf.square(tf.reshape(gradient, [batch, -1])), 1);
}

/** The option `weight` of a penalty on `squaredSlopes`. */
export const squaredSlopesWeight = scalarOption(z.number().positive())
  .default(10)
  .describe(
    'Weight of the penalty, γ in the paper, or a ramp between two. 10 for images, 0.1 to 1 for points.',
  );

/** The option `weight` of other penalties. */
export const penaltyWeight = scalarOption(z.number().positive())
  .default(10)
  .describe('Weight of the penalty, λ in the paper, or a ramp between two.');

/** (weight / 2) · mean ‖∇ₓ logit(x)‖² */
export function squaredSlopesPenalty(
  { discriminator, weight }: Pick<PenaltyInputs, 'discriminator' | 'weight'>,
  examples: tf.Tensor,
  option: Scalar,
): tf.Tensor {
  const present = weight(option);
  const half = typeof present === 'number' ? present / 2 : tf.div(present, 2);
  return tf.mul(tf.mean(squaredSlopes(discriminator, examples)), half);
}

/** weight · mean (‖∇ₓ logit(x)‖ - target)², or only of the part above the target. */
export function slopePenalty(
  discriminator: PenaltyInputs['discriminator'],
  examples: tf.Tensor,
  { weight, target, oneSided }: { weight: tf.Tensor | number; target: number; oneSided: boolean },
): tf.Tensor {
  const slopes = tf.sqrt(tf.add(squaredSlopes(discriminator, examples), EPSILON));
  const excess = tf.sub(slopes, target);
  const counted = oneSided ? tf.mul(excess, tf.step(excess)) : excess;
  return tf.mul(tf.mean(tf.square(counted)), weight);
}
