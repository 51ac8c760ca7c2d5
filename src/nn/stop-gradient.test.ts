import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { onBoth, worstError } from '../../test/support/engines';
import type { Program } from '../engine/engine';
import { stopGradient } from './stop-gradient';

/** sum(x · constant(x²)): has the value of sum(x³), but the derivative x² rather than 3·x². */
const program: Program = {
  name: 'stopGradient',
  reads: [],
  writes: [],
  inputs: { x: { shape: [3], dtype: 'float32' } },
  build(_state, { x }) {
    if (x === undefined) throw new Error('no input');
    const loss = (given: tf.Tensor): tf.Scalar =>
      tf.reshape<tf.Rank.R0>(
        tf.sum(
          tf.mul(
            given,
            stopGradient((inner) => tf.square(inner), [given]),
          ),
        ),
        [],
      );
    const { value, grad } = tf.valueAndGrad(loss)(x);
    const squareOfGradient = (given: tf.Tensor): tf.Scalar =>
      tf.reshape<tf.Rank.R0>(tf.sum(tf.mul(tf.grad(loss)(given), given)), []);
    return {
      state: {},
      outputs: { x, value, gradient: grad, ofGradient: tf.grad(squareOfGradient)(x) },
    };
  },
};

it('gives the value, no gradient, and compiles', async () => {
  const { compiled, oracle } = await onBoth(program);
  expect(worstError(compiled, oracle).error).toBeLessThan(1e-6);
  const x = Array.from(oracle.x?.data ?? []);
  const near = (name: string, expected: readonly number[]): void => {
    expected.forEach((value, i) => {
      expect(oracle[name]?.data[i]).toBeCloseTo(value, 5);
    });
  };
  expect(x).toHaveLength(3);
  near('value', [x.reduce((sum, value) => sum + value ** 3, 0)]);
  near(
    'gradient',
    x.map((value) => value ** 2),
  );
  // The gradient is x · x with a constant second factor; differentiating it again ignores that factor.
  near(
    'ofGradient',
    x.map((value) => value ** 2),
  );
});
