import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { numberIn } from '../../../test/support/numbers';
import { r1 } from './r1';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('R1 against its formula', () => {
  it('(weight / 2) · mean ‖∇ₓ logit‖² of a quadratic logit', () => {
    // logit = x₁² + 3·x₂, so that its gradient is (2·x₁, 3).
    const discriminator = (x: tf.Tensor): tf.Tensor => {
      const columns = tf.split(x, 2, 1);
      const [first = x, second = x] = columns;
      return tf.add(tf.square(first), tf.mul(second, 3));
    };
    const real = tf.tensor2d([
      [1, 5],
      [-2, 7],
    ]);
    const expected = (4 / 2) * (((2 * 1) ** 2 + 9 + (2 * -2) ** 2 + 9) / 2);
    const inputs = {
      discriminator,
      real,
      fake: real,
      logits: { real: discriminator(real), fake: discriminator(real) },
      random: () => tf.scalar(0),
      progress: () => tf.scalar(0),
    };
    expect(numberIn(r1.penalty(inputs, { weight: 4 }))).toBeCloseTo(expected, 4);
  });
});
