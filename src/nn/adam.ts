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
  const root = Math.sqrt(1 - settings.beta2 ** update);
  return {
    stepSize: (learningRate * root) / (1 - settings.beta1 ** update),
    epsilon: settings.epsilon * root,
  };
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
  { beta1, beta2 }: Pick<AdamSettings, 'beta1' | 'beta2'>,
  step: { readonly stepSize: tf.Tensor; readonly epsilon: tf.Tensor },
): AdamLeaf {
  const newMean = tf.add(tf.mul(mean, beta1), tf.mul(gradient, 1 - beta1));
  const newVariance = tf.add(tf.mul(variance, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const direction = tf.div(newMean, tf.add(tf.sqrt(newVariance), step.epsilon));
  return {
    parameter: tf.sub(parameter, tf.mul(direction, step.stepSize)),
    mean: newMean,
    variance: newVariance,
  };
}
