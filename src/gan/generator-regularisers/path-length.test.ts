import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { combinationOf } from '../../../test/support/combination';
import { gradientError, numberIn } from '../../../test/support/numbers';
import { formatText } from '../../shared/localizable-text';
import type { GeneratorPenaltyInputs } from './generator-regulariser';
import { pathLength } from './path-length';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Two layers of styles (w₀, w₁) and (v₀, v₁), of which images of one pixel have the channels factor·w₀² and 3·v₁. */
function inputsOf(
  styles: readonly (readonly (readonly number[])[])[],
  { past = 0, factor = tf.scalar(1) }: { readonly past?: number; readonly factor?: tf.Tensor } = {},
) {
  const updated: Record<string, number> = {};
  const counts: number[] = [];
  const inputs: GeneratorPenaltyInputs = {
    batchSize: 4,
    // The noise of both channels of both images.
    random: (_name, shape) => tf.tensor([1, 2, 1, 2], [...shape]),
    generate(count, change) {
      counts.push(count);
      const used = change(tf.tensor3d(styles.map((layers) => layers.map((row) => [...row]))));
      const at = (layer: number, i: number): tf.Tensor => tf.slice(used, [0, layer, i], [-1, 1, 1]);
      const first = tf.mul(tf.square(at(0, 0)), factor);
      return tf.reshape(tf.concat([first, tf.mul(at(1, 1), 3)], 2), [count, 1, 1, 2]);
    },
    weight(option) {
      if (typeof option !== 'number') throw new Error('a weight that changes');
      return option;
    },
    kept: () => tf.scalar(past),
    keep(name, value) {
      updated[name] = numberIn(value);
    },
  };
  return { inputs, updated, counts };
}

const STYLES = [
  [
    [1, 5],
    [7, 0],
  ],
  [
    [2, 5],
    [7, 0],
  ],
];
/** The gradients of w₀² · 1 + 3·v₁ · 2 are 2·w₀ and 6; the mean square over the two layers, and its root. */
const LENGTHS = [Math.sqrt((2 ** 2 + 6 ** 2) / 2), Math.sqrt((4 ** 2 + 6 ** 2) / 2)];
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe('path length', () => {
  it('weight · mean (length - a)² of half of the batch, with the running mean a', () => {
    const { inputs, updated, counts } = inputsOf(STYLES, { past: 3 });
    const penalty = numberIn(pathLength.penalty(inputs, { weight: 2, decay: 0.25 }));
    const a = 3 + 0.25 * (mean(LENGTHS) - 3);
    expect(updated.mean).toBeCloseTo(a, 4);
    expect(penalty).toBeCloseTo(2 * mean(LENGTHS.map((length) => (length - a) ** 2)), 3);
    expect(new Set(counts)).toEqual(new Set([2]));
  });

  it('has a gradient for what the lengths depend on, with the running mean held constant', () => {
    // With a decay of nearly nothing, the numeric gradient holds it constant too.
    const loss = (factor: tf.Tensor): tf.Tensor =>
      pathLength.penalty(inputsOf(STYLES, { past: 3, factor }).inputs, { weight: 1, decay: 1e-7 });
    expect(gradientError(loss, tf.scalar(0.7))).toBeLessThan(2e-3);
    const withMean = (decay: number): number => {
      const gradient = tf.grad((factor: tf.Tensor) =>
        pathLength.penalty(inputsOf(STYLES, { past: 0, factor }).inputs, { weight: 1, decay }),
      )(tf.scalar(1));
      return numberIn(gradient);
    };
    // d length / d factor = (2·w₀)² / 2 / length, times 2 · (length - a) / 2.
    const a = 0.5 * mean(LENGTHS);
    const expected = LENGTHS.map((length, i) => ((2 * (i + 1)) ** 2 / 2 / length) * (length - a));
    expect(withMean(0.5)).toBeCloseTo(mean(expected) * 2, 3);
  });

  it('needs a generator with styles', () => {
    const options = pathLength.options.parse({});
    const reason = pathLength.unsuitable?.(options, combinationOf());
    expect(reason === undefined ? '' : formatText(reason)).toContain('"dcgan" has no styles');
    const styled = combinationOf({ generator: { network: 'stylegan2', hasStyles: true } });
    expect(pathLength.unsuitable?.(options, styled)).toBeUndefined();
  });
});
