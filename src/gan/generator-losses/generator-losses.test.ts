import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { gradientError, numberIn } from '../../../test/support/numbers';
import { WorkbenchError } from '../../shared/errors';
import { crossEntropy } from './cross-entropy';
import { features } from './features';
import type { GeneratorLossInputs } from './generator-loss';
import { l1 } from './l1';
import { l2 } from './l2';
import { generatorLosses } from './registry';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** A "discriminator" whose layers are the doubled image and the sum of its pixels. */
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

  it('cross-entropy: of the probability that each channel gives to its class', () => {
    const wanted = [1, -1, 1, -1];
    const sure = [0.5, -0.5, -0.8, 0];
    const expected = sure
      .map((value, i) => Math.log((1 + value * (wanted[i] ?? 0)) / 2))
      .reduce((sum, value) => sum - value / sure.length, 0);
    const map = inputsOf(tf.tensor(sure, [1, 1, 2, 2]), tf.tensor(wanted, [1, 1, 2, 2]));
    expect(numberIn(crossEntropy.loss(map, { weight: 3 }))).toBeCloseTo(3 * expected, 4);
  });

  it('cross-entropy stays finite where the output has run into the end', () => {
    const map = inputsOf(tf.tensor([1, -1], [1, 1, 1, 2]), tf.tensor([-1, 1], [1, 1, 1, 2]));
    expect(numberIn(crossEntropy.loss(map, { weight: 1 }))).toBeCloseTo(-Math.log(1e-6), 1);
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
    tf.mul(tf.tensor(OUTPUT, [1, 2, 2, 1]), 0.6),
  );
  expect(error).toBeLessThan(1e-3);
});
