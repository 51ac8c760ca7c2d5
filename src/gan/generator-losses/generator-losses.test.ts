import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { gradientError, numberIn } from '../../../test/support/numbers';
import { WorkbenchError } from '../../shared/errors';
import { features } from './features';
import type { GeneratorLossInputs } from './generator-loss';
import { l1 } from './l1';
import { l2 } from './l2';
import { generatorLosses } from './registry';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** A "discriminator" whose layers are the image doubled, and the sum of its pixels. */
const LAYERS: Readonly<Record<string, (image: tf.Tensor) => tf.Tensor>> = {
  hidden1: (image) => tf.mul(image, 2),
  hidden2: (image) => tf.sum(image),
  features: (image) => tf.mul(image, 1000),
};

function inputsOf(output: tf.Tensor, target: tf.Tensor, taps = Object.keys(LAYERS)): GeneratorLossInputs {
  const featuresOf = (image: tf.Tensor) => (tap: string) => {
    const layer = LAYERS[tap];
    if (layer === undefined) throw new Error(`no tap ${tap}`);
    return layer(image);
  };
  return {
    output,
    target,
    outputFeatures: featuresOf(output),
    targetFeatures: featuresOf(target),
    taps,
  };
}

const OUTPUT = [0.5, -0.5, 1, 0];
const TARGET = [0, 0.5, 0.5, -1];
const inputs = (): GeneratorLossInputs =>
  inputsOf(tf.tensor(OUTPUT, [1, 2, 2, 1]), tf.tensor(TARGET, [1, 2, 2, 1]));

describe('losses against the target', () => {
  it('L1: weight · mean |difference|', () => {
    expect(numberIn(l1.loss(inputs(), { weight: 10 }))).toBeCloseTo((10 * 3) / 4, 5);
  });

  it('L2: weight · mean difference²', () => {
    expect(numberIn(l2.loss(inputs(), { weight: 10 }))).toBeCloseTo((10 * 2.5) / 4, 5);
  });

  it('features: the mean within each hidden layer, added up over them', () => {
    // hidden1 doubles each difference; hidden2 has the single difference 1 - 0.
    expect(numberIn(features.loss(inputs(), { weight: 3, distance: 'l1' }))).toBeCloseTo(3 * (1.5 + 1), 5);
    expect(numberIn(features.loss(inputs(), { weight: 3, distance: 'l2' }))).toBeCloseTo(3 * (2.5 + 1), 5);
  });

  it('features needs a discriminator with hidden layers to look at', () => {
    const blind = inputsOf(tf.zeros([1, 2, 2, 1]), tf.zeros([1, 2, 2, 1]), ['features']);
    expect(() => features.loss(blind, { weight: 1, distance: 'l1' })).toThrow(WorkbenchError);
  });
});

it.each(generatorLosses)('$name has the gradient that differences give', ({ loss, options }) => {
  const target = tf.tensor(TARGET, [1, 2, 2, 1]);
  const error = gradientError(
    (output) => loss(inputsOf(output, target), options.parse({ weight: 1 })),
    tf.tensor(OUTPUT, [1, 2, 2, 1]),
  );
  expect(error).toBeLessThan(1e-3);
});
