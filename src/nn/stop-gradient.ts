/** What tfjs lacks: values that a loss uses and that it is not differentiated through. */
import * as tf from '@tensorflow/tfjs-core';

/**
 * `compute(...inputs)` as a constant: its gradient with respect to the inputs is zero, at any order. Nothing of the
 * computation is recorded for differentiation, so that no product with zero is computed either.
 */
export function stopGradient(
  compute: (...inputs: tf.Tensor[]) => tf.Tensor,
  inputs: readonly tf.Tensor[],
): tf.Tensor {
  const constant = tf.customGrad((...args) => ({
    value: compute(...args.filter((arg) => arg instanceof tf.Tensor)),
    gradFunc: () => inputs.map(({ shape }) => tf.zeros(shape)),
  }));
  return constant(...inputs);
}
