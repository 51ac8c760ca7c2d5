/** Adam (Kingma & Ba 2015, algorithm 1, with the order of operations from the last paragraph of section 2). */
import * as tf from '@tensorflow/tfjs-core';

export interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** The step-dependent factors, computed outside the program in double precision. */
export interface AdamStep {
  /** learningRate · √(1 - β2^t) / (1 - β1^t) */
  readonly stepSize: number;
  /** ε · √(1 - β2^t) */
  readonly epsilon: number;
}

/** @param update one-based number of the update */
export function adamStep(settings: AdamSettings, learningRate: number, update: number): AdamStep {
  return correctedStep(settings, learningRate, update, 1 - settings.beta2 ** update);
}

/**
 * Scales both factors by the sum of the second moment's weights.
 *
 * @param weights 1 - β2^t, or 1 minus the product of all β2 so far where it changes
 */
export function correctedStep(
  { beta1, epsilon }: Pick<AdamSettings, 'beta1' | 'epsilon'>,
  learningRate: number,
  update: number,
  weights: number,
): AdamStep {
  const root = Math.sqrt(weights);
  return { stepSize: (learningRate * root) / (1 - beta1 ** update), epsilon: epsilon * root };
}

export interface AdamLeaf {
  readonly parameter: tf.Tensor;
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
}

/** Updated parameter and moments. `stepSize` and `epsilon` are scalars from `adamStep`. */
export function adamUpdate(
  { parameter, mean, variance }: AdamLeaf,
  gradient: tf.Tensor,
  { beta1, beta2 }: { readonly beta1: number; readonly beta2: number | tf.Tensor },
  step: { readonly stepSize: tf.Tensor; readonly epsilon: tf.Tensor },
): AdamLeaf {
  const newShare = typeof beta2 === 'number' ? 1 - beta2 : tf.sub(1, beta2);
  const newMean = tf.add(tf.mul(mean, beta1), tf.mul(gradient, 1 - beta1));
  const newVariance = tf.add(tf.mul(variance, beta2), tf.mul(tf.square(gradient), newShare));
  const direction = tf.div(newMean, tf.add(tf.sqrt(newVariance), step.epsilon));
  return {
    parameter: tf.sub(parameter, tf.mul(direction, step.stepSize)),
    mean: newMean,
    variance: newVariance,
  };
}
