import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { onBoth, worstError } from '../../test/support/engines';
import { numberIn, numbersIn } from '../../test/support/numbers';
import type { Program } from '../engine/engine';
import { leastSquares } from './objectives/least-squares';
import { nonSaturating } from './objectives/non-saturating';
import { lossOfBest } from './top-k';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const softplus = (x: number): number => Math.log(1 + Math.exp(x));
const generatorLoss = (fake: tf.Tensor): tf.Tensor =>
  nonSaturating.generatorLoss({ real: fake, fake }, { labelSmoothing: 0 });
const logits = () => tf.tensor2d([[-1], [2], [0.5], [-3]]);

it('is the mean over the examples with the highest logits', () => {
  expect(numberIn(lossOfBest(generatorLoss, logits(), 0.5))).toBeCloseTo(
    (softplus(-2) + softplus(-0.5)) / 2,
    5,
  );
  expect(numberIn(lossOfBest(generatorLoss, logits(), 1))).toBeCloseTo(numberIn(generatorLoss(logits())), 5);
  const squares = (fake: tf.Tensor): tf.Tensor =>
    leastSquares.generatorLoss({ real: fake, fake }, { a: 0, b: 1, c: 1 });
  expect(numberIn(lossOfBest(squares, logits(), 0.75))).toBeCloseTo((4 + 1 + 0.25) / 3 / 2, 5);
});

it('rounds the number of examples up, and keeps one at least', () => {
  const two = numberIn(lossOfBest(generatorLoss, logits(), 0.5));
  expect(numberIn(lossOfBest(generatorLoss, logits(), 0.26))).toBeCloseTo(two, 5);
  expect(numberIn(lossOfBest(generatorLoss, logits(), 0.01))).toBeCloseTo(softplus(-2), 5);
  // In single precision, 0.7 · 10 is more than 7.
  const ten = tf.reshape(tf.range(0, 10), [10, 1]);
  const mean = (fake: tf.Tensor): tf.Tensor => tf.mean(fake);
  expect(numberIn(lossOfBest(mean, ten, tf.scalar(0.7)))).toBeCloseTo(6, 5);
});

it('has no gradient at the other examples', () => {
  const gradient = tf.grad((fake: tf.Tensor) =>
    tf.reshape<tf.Rank.R0>(lossOfBest(generatorLoss, fake, 0.5), []),
  )(logits());
  const slope = (x: number): number => -1 / (1 + Math.exp(x)) / 2;
  const expected = [0, slope(2), slope(0.5), 0];
  numbersIn(gradient).forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5);
  });
});

it('takes the first of examples with the same logit', () => {
  const mean = (fake: tf.Tensor): tf.Tensor => tf.mean(fake);
  const gradient = tf.grad((fake: tf.Tensor) => tf.reshape<tf.Rank.R0>(lossOfBest(mean, fake, 0.5), []))(
    tf.ones([4, 1]),
  );
  expect(numbersIn(gradient)).toEqual([0.5, 0.5, 0, 0]);
});

it('ranks the patches of an example by their mean', () => {
  const patches = tf.tensor([5, -5, 1, 1, 0, 0], [3, 1, 2, 1]);
  const mean = (fake: tf.Tensor): tf.Tensor => tf.mean(fake);
  expect(numberIn(lossOfBest(mean, patches, 1 / 3))).toBeCloseTo(1, 5);
});

it('equals the oracle when compiled, with a share that is an input', async () => {
  const program: Program = {
    name: 'top-k',
    reads: [],
    writes: [],
    inputs: { logits: { shape: [6, 1], dtype: 'float32' }, share: { shape: [], dtype: 'float32' } },
    build(_state, { logits: given, share }) {
      if (given === undefined || share === undefined) throw new Error('no input');
      const loss = (x: tf.Tensor): tf.Scalar =>
        tf.reshape(lossOfBest(generatorLoss, x, tf.sigmoid(share)), []);
      return { state: {}, outputs: { loss: loss(given), gradient: tf.grad(loss)(given) } };
    },
  };
  const { compiled, oracle } = await onBoth(program);
  expect(worstError(compiled, oracle).error).toBeLessThan(1e-5);
});
