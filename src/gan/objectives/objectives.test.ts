import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { r1 } from '../regularisers/r1';
import { minimax } from './minimax';
import { nonSaturating } from './non-saturating';
import '../../nn/gradients';

// Logits with sigmoid 3/4, 1/2 on real and 1/4, 1/2 on generated examples.
const LOGIT = Math.log(3);

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const logits = () => ({ real: tf.tensor2d([[LOGIT], [0]]), fake: tf.tensor2d([[-LOGIT], [0]]) });
const numberIn = (tensor: tf.Tensor): number => tensor.dataSync()[0] ?? Number.NaN;

describe('objectives against their formulas', () => {
  it('discriminator: -mean[log D(x)] - mean[log(1 - D(G(z)))]', () => {
    const expected = -(Math.log(0.75) + Math.log(0.5)) / 2 - (Math.log(0.75) + Math.log(0.5)) / 2;
    for (const objective of [nonSaturating, minimax])
      expect(numberIn(objective.discriminatorLoss(logits(), { labelSmoothing: 0 }))).toBeCloseTo(expected, 6);
  });

  it('discriminator with one-sided label smoothing: the target of real examples is 0.9', () => {
    const crossEntropy = (p: number): number => -(0.9 * Math.log(p) + 0.1 * Math.log(1 - p));
    const expected = (crossEntropy(0.75) + crossEntropy(0.5)) / 2 - (Math.log(0.75) + Math.log(0.5)) / 2;
    expect(numberIn(nonSaturating.discriminatorLoss(logits(), { labelSmoothing: 0.1 }))).toBeCloseTo(
      expected,
      6,
    );
  });

  it('non-saturating generator: -mean[log D(G(z))]', () => {
    const expected = -(Math.log(0.25) + Math.log(0.5)) / 2;
    expect(numberIn(nonSaturating.generatorLoss(logits(), { labelSmoothing: 0 }))).toBeCloseTo(expected, 6);
  });

  it('minimax generator: mean[log(1 - D(G(z)))]', () => {
    const expected = (Math.log(0.75) + Math.log(0.5)) / 2;
    expect(numberIn(minimax.generatorLoss(logits(), { labelSmoothing: 0 }))).toBeCloseTo(expected, 6);
  });

  it('stays finite where the discriminator is certain', () => {
    const certain = { real: tf.tensor2d([[200], [-200]]), fake: tf.tensor2d([[200], [-200]]) };
    expect(numberIn(nonSaturating.discriminatorLoss(certain, { labelSmoothing: 0 }))).toBeCloseTo(200, 3);
    expect(numberIn(nonSaturating.generatorLoss(certain, { labelSmoothing: 0 }))).toBeCloseTo(100, 3);
  });
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
