import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { gradientError } from '../../test/support/numbers';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const positive = (x: tf.Tensor): tf.Tensor => tf.add(tf.square(x), 0.5);

// The operations used by networks under a gradient penalty.
it.each<[string, (x: tf.Tensor) => tf.Tensor]>([
  ['tanh', tf.tanh],
  ['sigmoid', tf.sigmoid],
  ['exp', tf.exp],
  ['softmax', (x) => tf.softmax(x)],
  ['softplus', tf.softplus],
  ['sqrt', (x) => tf.sqrt(positive(x))],
  ['rsqrt', (x) => tf.rsqrt(positive(x))],
  ['division', (x) => tf.div(x, positive(x))],
  ['product of matrices', (x) => tf.matMul(x, x, false, true)],
  ['leaky ReLU', (x) => tf.mul(tf.square(x), tf.step(x, 0.2))],
])('the gradient of %s can itself be differentiated', (_, operation) => {
  const x = tf.tensor2d([
    [0.3, -1.2, 0.8],
    [-0.5, 0.9, 1.4],
  ]);
  const cubes = (point: tf.Tensor): tf.Scalar =>
    tf.reshape<tf.Rank.R0>(tf.sum(tf.pow(operation(point), 3)), []);
  const slope = (point: tf.Tensor): tf.Tensor => tf.sum(tf.square(tf.grad(cubes)(point)));
  expect(gradientError(slope, x, 3e-3)).toBeLessThan(5e-3);
});
