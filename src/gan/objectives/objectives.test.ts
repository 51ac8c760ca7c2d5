import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { combinationOf } from '../../../test/support/combination';
import { onBoth, worstError } from '../../../test/support/engines';
import { gradientError, numberIn } from '../../../test/support/numbers';
import type { Program } from '../../engine/engine';
import { formatText, type LocalizableText } from '../../shared/localizable-text';
import { OBJECTIVE_NAMES } from '../../shared/objective-names';
import { hinge } from './hinge';
import { leastSquares } from './least-squares';
import { minimax } from './minimax';
import { nonSaturating } from './non-saturating';
import type { Objective } from './objective';
import { objectives } from './registry';
import { relativisticAverage } from './relativistic-average';
import { relativisticPairing } from './relativistic-pairing';
import { wasserstein } from './wasserstein';

// Logits with sigmoid 3/4, 1/2 on real and 1/4, 1/2 on generated examples.
const LOGIT = Math.log(3);

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Stands in for the random numbers of losses that draw none. */
const noDraws = (name: string): never => {
  throw new Error(`nothing draws ${name}`);
};

const logits = () => ({ real: tf.tensor2d([[LOGIT], [0]]), fake: tf.tensor2d([[-LOGIT], [0]]) });
/** Real logits 3 and 0, generated -2 and 0.5: on either side of every margin and target. */
const spread = () => ({ real: tf.tensor2d([[3], [0]]), fake: tf.tensor2d([[-2], [0.5]]) });
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

describe('objectives against their formulas', () => {
  it('discriminator: -mean[log D(x)] - mean[log(1 - D(G(z)))]', () => {
    const expected = -(Math.log(0.75) + Math.log(0.5)) / 2 - (Math.log(0.75) + Math.log(0.5)) / 2;
    for (const objective of [nonSaturating, minimax])
      expect(numberIn(objective.discriminatorLoss(logits(), { labelSmoothing: 0 }, noDraws))).toBeCloseTo(
        expected,
        6,
      );
  });

  it('discriminator with one-sided label smoothing: the target of real examples is 0.9', () => {
    const crossEntropy = (p: number): number => -(0.9 * Math.log(p) + 0.1 * Math.log(1 - p));
    const expected = (crossEntropy(0.75) + crossEntropy(0.5)) / 2 - (Math.log(0.75) + Math.log(0.5)) / 2;
    expect(numberIn(nonSaturating.discriminatorLoss(logits(), { labelSmoothing: 0.1 }, noDraws))).toBeCloseTo(
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

  it('least squares: half the mean squares of the distances from b, a and c', () => {
    const options = { a: -1, b: 2, c: 0.5 };
    expect(numberIn(leastSquares.discriminatorLoss(spread(), options, noDraws))).toBeCloseTo(
      (1 + 4) / 2 / 2 + (1 + 1.5 ** 2) / 2 / 2,
      6,
    );
    expect(numberIn(leastSquares.generatorLoss(spread(), options))).toBeCloseTo((2.5 ** 2 + 0) / 2 / 2, 6);
  });

  it('Wasserstein: the difference of means, and minus the mean', () => {
    expect(numberIn(wasserstein.discriminatorLoss(spread(), {}, noDraws))).toBeCloseTo(-0.75 - 1.5, 6);
    expect(numberIn(wasserstein.generatorLoss(spread(), {}))).toBeCloseTo(0.75, 6);
  });

  it('hinge: what is missing to the margin, and minus the mean', () => {
    expect(numberIn(hinge.discriminatorLoss(spread(), { jitter: 0 }, noDraws))).toBeCloseTo(
      (0 + 1) / 2 + (0 + 1.5) / 2,
      6,
    );
    expect(numberIn(hinge.generatorLoss(spread(), { jitter: 0 }))).toBeCloseTo(0.75, 6);
  });

  it('hinge with margins drawn between 1 - jitter and 1', () => {
    const draws: Record<string, number[]> = { realMargin: [0, 0.5], fakeMargin: [0.5, 0.25] };
    const random = (name: string, shape: readonly number[]): tf.Tensor =>
      tf.tensor(draws[name] ?? [], [...shape]);
    // Margins 1 and 0.9 for the real logits 3 and 0, 0.9 and 0.95 for the generated -2 and 0.5.
    expect(numberIn(hinge.discriminatorLoss(spread(), { jitter: 0.2 }, random))).toBeCloseTo(
      (0 + 0.9) / 2 + (0 + 1.45) / 2,
      6,
    );
  });

  it('hinge is undecided at two margins, which are smaller on average where they are drawn', () => {
    expect(hinge.discriminatorLossRange?.({ jitter: 0 })).toEqual({ sure: 0, undecided: 2 });
    expect(hinge.discriminatorLossRange?.({ jitter: 0.2 })).toEqual({ sure: 0, undecided: 1.8 });
  });

  it('relativistic average: each against the mean of the other kind, with the roles swapped for the generator', () => {
    const real = [3, 0].map((logit) => sigmoid(logit - -0.75));
    const fake = [-2, 0.5].map((logit) => sigmoid(logit - 1.5));
    const meanLog = (values: number[]): number =>
      values.reduce((sum, value) => sum + Math.log(value), 0) / values.length;
    const opposite = (values: number[]): number[] => values.map((value) => 1 - value);
    expect(numberIn(relativisticAverage.discriminatorLoss(spread(), {}, noDraws))).toBeCloseTo(
      -meanLog(real) - meanLog(opposite(fake)),
      5,
    );
    expect(numberIn(relativisticAverage.generatorLoss(spread(), {}))).toBeCloseTo(
      -meanLog(fake) - meanLog(opposite(real)),
      5,
    );
  });

  it('relativistic pairing: each against the one at its place, with the roles swapped for the generator', () => {
    const [first, second] = [3 - -2, 0 - 0.5];
    expect(numberIn(relativisticPairing.discriminatorLoss(spread(), {}, noDraws))).toBeCloseTo(
      -(Math.log(sigmoid(first)) + Math.log(sigmoid(second))) / 2,
      6,
    );
    expect(numberIn(relativisticPairing.generatorLoss(spread(), {}))).toBeCloseTo(
      -(Math.log(sigmoid(-first)) + Math.log(sigmoid(-second))) / 2,
      6,
    );
  });

  it('stays finite where the discriminator is certain', () => {
    const certain = { real: tf.tensor2d([[200], [-200]]), fake: tf.tensor2d([[200], [-200]]) };
    expect(numberIn(nonSaturating.discriminatorLoss(certain, { labelSmoothing: 0 }, noDraws))).toBeCloseTo(
      200,
      3,
    );
    expect(numberIn(nonSaturating.generatorLoss(certain, { labelSmoothing: 0 }))).toBeCloseTo(100, 3);
    expect(numberIn(relativisticAverage.discriminatorLoss(certain, {}, noDraws))).toBeCloseTo(200, 3);
    const mistaken = { real: tf.tensor2d([[-200]]), fake: tf.tensor2d([[200]]) };
    expect(numberIn(relativisticPairing.discriminatorLoss(mistaken, {}, noDraws))).toBeCloseTo(400, 3);
  });
});

/** The losses with their default options, and with label smoothing if available. */
function lossesOf(objective: Objective) {
  const options = objective.options.parse(
    Object.hasOwn(objective.options.shape, 'labelSmoothing') ? { labelSmoothing: 0.1 } : {},
  );
  return {
    discriminator: (real: tf.Tensor, fake: tf.Tensor) =>
      objective.discriminatorLoss({ real, fake }, options, noDraws),
    generator: (real: tf.Tensor, fake: tf.Tensor) => objective.generatorLoss({ real, fake }, options),
  };
}

/** No value is within a finite-difference step of a kink at ±1. */
const REAL = [
  [0.3, -1.4],
  [2.2, 0.6],
];
const FAKE = [
  [-0.7, 1.3],
  [-1.8, 0.2],
];

describe.each(objectives)('$name', (objective) => {
  const losses = lossesOf(objective);

  // For patches, the losses average over all logits.
  it.each([
    ['one logit an example', [4, 1]],
    ['logits of patches', [2, 2, 1, 1]],
  ])('has the gradient that differences give, for %s', (_, shape) => {
    const real = tf.tensor(REAL.flat(), shape);
    const fake = tf.tensor(FAKE.flat(), shape);
    expect(gradientError((x) => losses.discriminator(x, fake), real)).toBeLessThan(1e-3);
    expect(gradientError((x) => losses.discriminator(real, x), fake)).toBeLessThan(1e-3);
    expect(gradientError((x) => losses.generator(real, x), fake)).toBeLessThan(1e-3);
  });

  it('looks at real logits in the generator’s loss only where it says so', () => {
    const fake = tf.tensor(FAKE.flat(), [4, 1]);
    const of = (real: tf.Tensor): number => numberIn(losses.generator(real, fake));
    const differs = of(tf.zeros([4, 1])) !== of(tf.ones([4, 1]));
    expect(differs).toBe(objective.generatorUsesReal === true);
  });

  it('compiled equals the oracle, gradients included', async () => {
    const program: Program = {
      name: objective.name,
      reads: [],
      writes: [],
      inputs: {
        real: { shape: [4, 1], dtype: 'float32' },
        fake: { shape: [4, 1], dtype: 'float32' },
      },
      build(_state, { real, fake }) {
        if (real === undefined || fake === undefined) throw new Error('no logits');
        const discriminator = tf.valueAndGrads((x: tf.Tensor, y: tf.Tensor) =>
          tf.reshape<tf.Rank.R0>(losses.discriminator(x, y), []),
        )([real, fake]);
        const generator = tf.valueAndGrad((y: tf.Tensor) =>
          tf.reshape<tf.Rank.R0>(losses.generator(real, y), []),
        )(fake);
        const [onReal, onFake] = discriminator.grads;
        if (onReal === undefined || onFake === undefined) throw new Error('no gradients');
        return {
          state: {},
          outputs: {
            loss: discriminator.value,
            onReal,
            onFake,
            generatorLoss: generator.value,
            generator: generator.grad,
          },
        };
      },
    };
    const { compiled, oracle } = await onBoth(program);
    expect(worstError(compiled, oracle).error).toBeLessThan(1e-5);
  });
});

describe('refused combinations', () => {
  it('Wasserstein needs something that holds the critic’s slope', () => {
    expect(reasonText(wasserstein.unsuitable?.({}, combinationOf()))).toContain('"gradient-penalty"');
    expect(reasonText(wasserstein.unsuitable?.({}, combinationOf({ regularisers: ['r1'] })))).toContain(
      'Lipschitz',
    );
    for (const name of ['weight-clipping', 'gradient-penalty', 'spectral-norm'])
      expect(wasserstein.unsuitable?.({}, combinationOf({ regularisers: ['r1', name] }))).toBeUndefined();
  });

  it('least squares needs targets that differ', () => {
    expect(reasonText(leastSquares.unsuitable?.({ a: 1, b: 1, c: 0 }, combinationOf()))).toContain(
      '"a" and "b" are equal',
    );
    expect(reasonText(leastSquares.unsuitable?.({ a: 0, b: 1, c: 0 }, combinationOf()))).toContain(
      '"c" and "a" are equal',
    );
    expect(leastSquares.unsuitable?.({ a: 0, b: 1, c: 1 }, combinationOf())).toBeUndefined();
  });
});

function reasonText(reason: LocalizableText | undefined): string {
  return reason === undefined ? '' : formatText(reason);
}

it('pages offer all objectives', () => {
  expect(OBJECTIVE_NAMES).toEqual(objectives.map(({ name }) => name));
});
