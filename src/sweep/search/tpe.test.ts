/** Whether the estimator finds minima in fewer trials than random search, on functions whose minima are known. */
import { expect, it } from 'vitest';
import { Random } from '../../random/random';
import type { Parameter } from '../parameter';
import { random } from './random';
import type { PastTrial, Point, SearchMethod } from './search';
import { tpe } from './tpe';

const TRIALS = 60;
const SEEDS = 20;

interface TestFunction {
  readonly dimensions: number;
  readonly minimum: number;
  at(point: Point): number;
}

/** Branin on [-5, 10] × [0, 15]. */
const branin: TestFunction = {
  dimensions: 2,
  minimum: 0.397887,
  at([first = 0, second = 0]) {
    const x = 15 * first - 5;
    const y = 15 * second;
    const valley = y - (5.1 / (4 * Math.PI ** 2)) * x ** 2 + (5 / Math.PI) * x - 6;
    return valley ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
  },
};

const HARTMANN_WEIGHTS = [1, 1.2, 3, 3.2];
const HARTMANN_SLOPES = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const HARTMANN_CENTRES = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];

const hartmann6: TestFunction = {
  dimensions: 6,
  minimum: -3.32237,
  at: (point) =>
    -HARTMANN_WEIGHTS.reduce((sum, weight, i) => {
      const distance = point.reduce(
        (total, x, j) => total + (HARTMANN_SLOPES[i]?.[j] ?? 0) * (x - (HARTMANN_CENTRES[i]?.[j] ?? 0)) ** 2,
        0,
      );
      return sum + weight * Math.exp(-distance);
    }, 0),
};

/** Distance of the best of all trials from the minimum. */
function regretOf(method: SearchMethod, { dimensions, minimum, at }: TestFunction, seed: number): number {
  const parameters: Parameter[] = Array.from({ length: dimensions }, () => ({
    from: 0,
    to: 1,
    by: 'uniform',
  }));
  const options = method.options.parse({});
  const past: PastTrial[] = [];
  for (let index = 0; index < TRIALS; index++) {
    const random = Random.seeded(seed, `trial ${index}`);
    const point = method.propose({ parameters, index, random, past }, options);
    past.push({ point, loss: at(point) });
  }
  return Math.min(...past.map(({ loss }) => loss)) - minimum;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[sorted.length / 2 - 1] ?? 0) + (sorted[sorted.length / 2] ?? 0)) / 2;
}

/** One-sided p-value of the Mann-Whitney U test that `smaller` tends to be below `larger`, by the normal approximation. */
function mannWhitney(smaller: readonly number[], larger: readonly number[]): number {
  const u = smaller.flatMap((a) => larger.map((b) => (a < b ? 1 : a === b ? 0.5 : 0)));
  const wins = u.reduce<number>((sum, value) => sum + value, 0);
  const mean = (smaller.length * larger.length) / 2;
  const deviation = Math.sqrt((smaller.length * larger.length * (smaller.length + larger.length + 1)) / 12);
  const z = (wins - mean) / deviation;
  // Upper tail by integration, which is exact enough for comparing with 0.05.
  let tail = 0;
  for (let x = z; x < z + 8; x += 0.001) tail += 0.001 * Math.exp(-(x ** 2) / 2);
  return tail / Math.sqrt(2 * Math.PI);
}

it.each([
  { name: 'Branin', target: branin },
  { name: 'Hartmann-6', target: hartmann6 },
])('finds the minimum of $name faster than random search', ({ target }) => {
  const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);
  const learnt = seeds.map((seed) => regretOf(tpe, target, seed));
  const drawn = seeds.map((seed) => regretOf(random, target, seed));
  expect(median(learnt)).toBeLessThan(median(drawn));
  expect(mannWhitney(learnt, drawn)).toBeLessThan(0.05);
});

it('finds the best value of a list', () => {
  const parameters: Parameter[] = [['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']];
  const options = tpe.options.parse({});
  const past: PastTrial[] = [];
  for (let index = 0; index < TRIALS; index++) {
    const point = tpe.propose(
      { parameters, index, random: Random.seeded(1, `trial ${index}`), past },
      options,
    );
    past.push({ point, loss: Math.floor((point[0] ?? 0) * 8) === 5 ? 0 : 1 });
  }
  const best = past.slice(-20).filter(({ loss }) => loss === 0);
  expect(best.length).toBeGreaterThan(10);
});

it('is random before it has enough trials', () => {
  const parameters: Parameter[] = [{ from: 0, to: 1, by: 'uniform' }];
  const past = [{ point: [0.5], loss: 1 }];
  const propose = (method: SearchMethod) =>
    method.propose(
      { parameters, index: 1, random: Random.seeded(3, 'trial 1'), past },
      method.options.parse({}),
    );
  expect(propose(tpe)).toEqual(propose(random));
});
