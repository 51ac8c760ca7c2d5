/** Small numeric helpers for tests of losses and layers on tfjs's `cpu` backend. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '../../src/nn/gradients';

export function numberIn(tensor: tf.Tensor): number {
  if (tensor.size !== 1) throw new RangeError(`expected one number, found [${tensor.shape.join(', ')}]`);
  return tensor.dataSync()[0] ?? Number.NaN;
}

export function numbersIn(tensor: tf.Tensor): number[] {
  return Array.from(tensor.dataSync());
}

/**
 * ‖analytic - numeric‖ / max(‖numeric‖, 1) of the gradient of `loss` at `x`; the numeric gradient uses central
 * differences with steps of ±`stepSize`. In float32, expect a relative error of about 1e-3 for a loss of about 1.
 */
export function gradientError(loss: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor, stepSize = 1e-2): number {
  const analytic = numbersIn(tf.grad((point: tf.Tensor) => tf.reshape(loss(point), []))(x));
  const values = numbersIn(x);
  const at = (index: number, offset: number): number =>
    numberIn(
      tf.tidy(() =>
        loss(
          tf.tensor(
            values.map((value, i) => (i === index ? value + offset : value)),
            x.shape,
          ),
        ),
      ),
    );
  let difference = 0;
  let norm = 0;
  values.forEach((_, i) => {
    const numeric = (at(i, stepSize) - at(i, -stepSize)) / (2 * stepSize);
    difference += ((analytic[i] ?? Number.NaN) - numeric) ** 2;
    norm += numeric ** 2;
  });
  return Math.sqrt(difference) / Math.max(Math.sqrt(norm), 1);
}
