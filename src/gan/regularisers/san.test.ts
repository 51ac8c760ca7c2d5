import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { combinationOf } from '../../../test/support/combination';
import { worstError } from '../../../test/support/engines';
import { networkOnBoth } from '../../../test/support/networks';
import { numberIn, numbersIn } from '../../../test/support/numbers';
import { dense, equalisedDense } from '../../nn/layers';
import { applyNetwork, declareNetwork } from '../../nn/parameters';
import type { Network } from '../../nn/scope';
import { formatText } from '../../shared/localizable-text';
import { san } from './san';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Features x·W, and a logit without bias. */
const discriminator: Network = (scope, x) => {
  const features = dense(scope, 'hidden', x, { units: 2, useBias: false });
  scope.tap('features', features);
  return dense(scope, 'logit', features, { units: 1, useBias: false });
};
const network = san.network(discriminator);
const HIDDEN = () => tf.tensor2d([1, 0, 0, 2], [2, 2]);
/** Of length 5. */
const LAST = () => tf.tensor2d([3, 4], [2, 1]);

/** Logits and projections of one example (1, 1) with features (1, 2). */
function judged(hidden: tf.Tensor, last: tf.Tensor) {
  let direction: tf.Tensor | undefined;
  const logits = applyNetwork(
    network,
    'd',
    tf.ones([1, 2]),
    { 'd/hidden/kernel': hidden, 'd/logit/kernel': last },
    'train',
    {
      onTap: (name, value) => {
        if (name === 'san.direction') direction = value;
      },
    },
  );
  if (direction === undefined) throw new Error('no direction');
  return { logits, direction };
}

describe('SAN', () => {
  it('leaves the logits as they are, and projects the features onto the direction', () => {
    const { logits, direction } = judged(HIDDEN(), LAST());
    expect(numberIn(logits)).toBeCloseTo(3 + 8, 5);
    expect(numberIn(direction)).toBeCloseTo(3 + 8, 5);
  });

  it('measures the same distance as the logits where the last layer has an equalised learning rate', () => {
    const equalised = san.network((scope, x) =>
      equalisedDense(scope, 'logit', scope.tap('features', x), { units: 1, useBias: false }),
    );
    let direction: tf.Tensor | undefined;
    const logits = applyNetwork(
      equalised,
      'd',
      tf.tensor2d([[1, 2, 3, 4]]),
      { 'd/logit/kernel': tf.tensor2d([3, 4, 0, 0], [4, 1]) },
      'train',
      {
        onTap: (name, value) => {
          if (name === 'san.direction') direction = value;
        },
      },
    );
    // 11, over the root of four inputs.
    expect(numberIn(logits)).toBeCloseTo(5.5, 5);
    expect(direction === undefined ? undefined : numberIn(direction)).toBeCloseTo(5.5, 5);
  });

  it('trains all but the direction by the logits, and the direction alone by the projections', () => {
    const slopes = (of: 'logits' | 'direction') =>
      tf
        .grads((hidden: tf.Tensor, last: tf.Tensor) => tf.reshape<tf.Rank.R0>(judged(hidden, last)[of], []))([
          HIDDEN(),
          LAST(),
        ])
        .map(numbersIn);
    const [hiddenByLogit = [], lastByLogit = []] = slopes('logits');
    expect(hiddenByLogit).toEqual([3, 4, 3, 4].map((value) => expect.closeTo(value, 4)));
    // Along the kernel (3, 4) / 5, by the logit divided by the length: 11 / 5.
    expect(lastByLogit).toEqual([0.6 * 2.2, 0.8 * 2.2].map((value) => expect.closeTo(value, 4)));
    const [hiddenByDirection = [], lastByDirection = []] = slopes('direction');
    expect(hiddenByDirection).toEqual([0, 0, 0, 0]);
    // Across the kernel: the features (1, 2) less their part along it.
    expect(lastByDirection).toEqual([1 - 2.2 * 0.6, 2 - 2.2 * 0.8].map((value) => expect.closeTo(value, 4)));
  });

  it('adds the difference of the mean projections, generated less real', () => {
    const taps = { real: tf.tensor2d([[1], [4]]), fake: tf.tensor2d([[3], [7]]) };
    const logits = { real: tf.zeros([2, 1]), fake: tf.zeros([2, 1]) };
    const penalty = san.penalty(
      {
        discriminator: () => logits.real,
        real: logits.real,
        fake: logits.fake,
        logits,
        tap: (_name, of) => taps[of],
        kept: () => tf.scalar(0),
        keep: () => undefined,
        weight: () => 2,
        random: (_name, shape) => tf.zeros([...shape]),
        progress: () => tf.scalar(0),
      },
      { weight: 2 },
    );
    expect(numberIn(penalty)).toBeCloseTo(2 * (5 - 2.5), 5);
  });

  it('equals the oracle when compiled', async () => {
    const { compiled, oracle } = await networkOnBoth({
      network: (scope, x) => network(scope, tf.tanh(x)),
      input: [3, 4],
      second: true,
    });
    expect(worstError(compiled, oracle).error).toBeLessThan(1e-4);
  });

  it('says which layer is missing', () => {
    const unnamed: Network = (scope, x) => {
      scope.tap('features', x);
      return dense(scope, 'last', x, { units: 1 });
    };
    expect(() => declareNetwork(san.network(unnamed), 'd', [2, 3])).toThrow(
      'dense layer "logit", which the d',
    );
  });

  it('is refused where the direction is not the best by its means, or there is no last layer', () => {
    const reason = (changes: Parameters<typeof combinationOf>[0]): string => {
      const given = san.unsuitable?.({ weight: 1 }, combinationOf({ objective: 'hinge', ...changes }));
      return given === undefined ? '' : formatText(given);
    };
    expect(reason({})).toBe('');
    expect(reason({ objective: 'wasserstein' })).toBe('');
    expect(reason({ objective: 'non-saturating' })).toContain('"hinge"');
    expect(reason({ conditioning: 'projection' })).toContain('"projection"');
    expect(reason({ discriminator: { network: 'fastgan', judgesPatches: true } })).toContain('"fastgan"');
    expect(reason({ discriminator: { network: 'layers' } })).toContain('"layers"');
  });
});
