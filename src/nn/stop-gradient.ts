/** Stop-gradient, which tfjs lacks: values that a loss uses without being differentiated through them. */
import * as tf from '@tensorflow/tfjs-core';

/**
 * `compute(...inputs)` as a constant: its gradient with respect to the inputs is zero at any order. The computation is
 * not recorded for differentiation, so no products with zero are computed either.
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
