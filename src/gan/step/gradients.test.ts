import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { numbersIn } from '../../../test/support/numbers';
import { clipByNorm } from './gradients';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('clipping by the norm of all gradients together', () => {
  const clipped = (limit: number): number[][] =>
    // The norm is √(1 + 4 + 4 + 16) = 5.
    Object.values(clipByNorm({ kernel: tf.tensor2d([[1, -2]]), bias: tf.tensor1d([2, 4]) }, limit)).map(
      numbersIn,
    );

  it('scales them to the limit where they are larger', () => {
    const [kernel = [], bias = []] = clipped(2.5);
    expect(kernel).toEqual([0.5, -1]);
    expect(bias).toEqual([1, 2]);
  });

  it('leaves them as they are up to the limit', () => {
    expect(clipped(5)).toEqual([
      [1, -2],
      [2, 4],
    ]);
    expect(clipped(100)).toEqual([
      [1, -2],
      [2, 4],
    ]);
  });

  it('leaves gradients of nothing at nothing', () => {
    expect(numbersIn(clipByNorm({ bias: tf.zeros([2]) }, 1).bias ?? tf.ones([2]))).toEqual([0, 0]);
  });
});
