import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { adam } from './adam';
import type { UpdateMoment } from './optimiser';
import { optimisers } from './registry';
import { rmsprop } from './rmsprop';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const scalarsOf = (values: Readonly<Record<string, number>>): Record<string, tf.Tensor> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, tf.scalar(value)]));
/** A moment of a run of four steps. */
const momentOf = (learningRate: number, update: number): UpdateMoment => ({
  learningRate,
  update,
  progressAt: (past) => (past - 1) / 4,
});
const numbersIn = (tensor: tf.Tensor | undefined): number[] => Array.from(tensor?.dataSync() ?? []);

function expectNear(actual: tf.Tensor | undefined, expected: readonly number[]): void {
  const found = numbersIn(actual);
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, 6);
  });
}

describe('Adam against its algorithm', () => {
  const options = { beta1: 0.5, beta2: 0.75, epsilon: 0.5 };
  const gradients = [
    [2, -4],
    [1, 8],
  ];

  it('takes two steps as computed by hand, with both moments corrected for their start at zero', () => {
    let leaf = {
      parameter: tf.tensor1d([1, 1]),
      slots: { 'adam.mean': tf.zeros([2]), 'adam.variance': tf.zeros([2]) },
    };
    const expected = { parameter: [1, 1], mean: [0, 0], variance: [0, 0] };
    gradients.forEach((gradient, i) => {
      const update = i + 1;
      const scalars = scalarsOf(adam.step(options, momentOf(0.1, update)));
      const next = adam.update(leaf, tf.tensor1d(gradient), scalars, options);
      gradient.forEach((g, j) => {
        const mean = 0.5 * (expected.mean[j] ?? 0) + 0.5 * g;
        const variance = 0.75 * (expected.variance[j] ?? 0) + 0.25 * g * g;
        expected.mean[j] = mean;
        expected.variance[j] = variance;
        const correctedMean = mean / (1 - 0.5 ** update);
        const correctedVariance = variance / (1 - 0.75 ** update);
        expected.parameter[j] =
          (expected.parameter[j] ?? 0) - (0.1 * correctedMean) / (Math.sqrt(correctedVariance) + 0.5);
      });
      expectNear(next.parameter, expected.parameter);
      expectNear(next.slots['adam.mean'], expected.mean);
      expectNear(next.slots['adam.variance'], expected.variance);
      leaf = {
        parameter: tf.tensor1d(numbersIn(next.parameter)),
        slots: {
          'adam.mean': tf.tensor1d(numbersIn(next.slots['adam.mean'])),
          'adam.variance': tf.tensor1d(numbersIn(next.slots['adam.variance'])),
        },
      };
    });
    // First update: corrected moments are the gradient and its square, so the step is 0.1·g / (|g| + 0.5).
    expect(adam.step(options, momentOf(0.1, 1))).toEqual({ stepSize: 0.1, epsilon: 0.25 });
  });
});

describe('Adam with a scheduled β₂', () => {
  // 0.5, 0.625, 0.75 and 0.875 at the four steps.
  const options = { beta1: 0.5, beta2: { from: 0.5, to: 1, by: 'linear', over: 1 } as const, epsilon: 0 };

  it('passes it to the update, and corrects by the weights that its values so far have summed to', () => {
    const { stepSize, beta2 } = adam.step(options, momentOf(0.1, 3));
    expect(beta2).toBe(0.75);
    const weights = 1 - 0.5 * 0.625 * 0.75;
    expect(stepSize).toBeCloseTo((0.1 * Math.sqrt(weights)) / (1 - 0.5 ** 3), 12);
    expect(adam.scheduled?.(options)).toEqual({ adamBeta2: options.beta2 });
  });

  it('keeps this share of the second moment', () => {
    const next = adam.update(
      {
        parameter: tf.tensor1d([1]),
        slots: { 'adam.mean': tf.tensor1d([0]), 'adam.variance': tf.tensor1d([8]) },
      },
      tf.tensor1d([4]),
      scalarsOf(adam.step(options, momentOf(0.1, 3))),
      options,
    );
    expectNear(next.slots['adam.variance'], [0.75 * 8 + 0.25 * 16]);
  });

  it('leaves the second moment of a constant gradient at its square, corrected, from the first update on', () => {
    let variance = 0;
    for (let update = 1; update <= 4; update++) {
      const scalars = adam.step({ ...options, epsilon: 1 }, momentOf(0.1, update));
      const kept = scalars.beta2 ?? Number.NaN;
      variance = kept * variance + (1 - kept) * 9;
      // ε · √weights is the scalar for the denominator.
      expect(variance / (scalars.epsilon ?? 0) ** 2).toBeCloseTo(9, 10);
    }
  });
});

describe('RMSprop against its rule', () => {
  it('θ - rate·g / (√(decay·s + (1 - decay)·g²) + ε)', () => {
    const options = { decay: 0.75, epsilon: 1 };
    const scalars = scalarsOf(rmsprop.step(options, momentOf(0.5, 1)));
    const next = rmsprop.update(
      { parameter: tf.tensor1d([1, 2]), slots: { 'rmsprop.square': tf.tensor1d([0, 12]) } },
      tf.tensor1d([4, -8]),
      scalars,
      options,
    );
    expectNear(next.slots['rmsprop.square'], [4, 25]);
    expectNear(next.parameter, [1 - (0.5 * 4) / 3, 2 + (0.5 * 8) / 6]);
  });
});

it.each(optimisers)('$name gives the slots and scalars that it declares', (optimiser) => {
  const options = optimiser.options.parse({});
  const step = optimiser.step(options, momentOf(0.1, 1));
  expect(Object.keys(step)).toEqual(optimiser.scalars(options));
  const slots = Object.fromEntries(optimiser.slots.map((name) => [name, tf.zeros([2])]));
  const next = optimiser.update({ parameter: tf.zeros([2]), slots }, tf.ones([2]), scalarsOf(step), options);
  expect(Object.keys(next.slots)).toEqual(optimiser.slots);
  expect(next.parameter.shape).toEqual([2]);
});
