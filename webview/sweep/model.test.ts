import { describe, expect, it } from 'vitest';
import type { ShownTrial, SweepView } from '../../src/shared/sweep-protocol';
import { OBJECTIVE } from './axes';
import {
  bestSoFar,
  comparedSteps,
  deviationOf,
  inOrder,
  isChosen,
  modelOf,
  moved,
  ranked,
  shownValue,
} from './model';

function trial(number: number, size: number, some: Partial<ShownTrial>): ShownTrial {
  return { trial: number, status: 'completed', values: [size], curve: [], steps: 0, runs: [], ...some };
}

const TRIALS = [
  trial(1, 16, {
    value: 60,
    curve: [
      { step: 100, value: 90 },
      { step: 200, value: 58 },
    ],
    runs: [
      { folder: '/r/1', seed: 0, steps: 200, value: 58 },
      { folder: '/r/2', seed: 1, steps: 200, value: 62 },
    ],
  }),
  trial(2, 32, { status: 'pruned', value: 40, curve: [{ step: 100, value: 40 }] }),
  trial(3, 64, { status: 'failed', reason: 'NaN' }),
  trial(4, 64, {
    value: 50,
    curve: [
      { step: 100, value: 80 },
      { step: 200, value: 50 },
    ],
  }),
  trial(5, 16, { value: 55, curve: [{ step: 200, value: 55 }] }),
  trial(6, 16, { status: 'waiting', values: [] }),
];

const SWEEP: SweepView = {
  name: 'digits',
  folder: '/w/gan-runs/sweeps/00001-digits',
  sweepFile: '/w/digits.gan-sweep.json',
  experiment: 'digits.gan.json',
  activity: 'done',
  objective: { name: 'fid', better: 'lower', counts: 'best' },
  seeds: 2,
  parameters: [{ key: 'latent.size', values: [16, 32, 64] }],
  trials: TRIALS,
  steps: 0,
  seconds: 0,
};

const at = (level: 'end' | number) =>
  modelOf(SWEEP, level, { parameters: ['latent.size'], objective: 'FID' });
const numbers = (rows: readonly { readonly trial: ShownTrial }[]): number[] =>
  rows.map((row) => row.trial.trial);

describe('what can be compared', () => {
  it('is the mean of completed trials at the end, but not the value of a pruned one', () => {
    expect(TRIALS.map((one) => shownValue(one, 'end')?.value)).toEqual([
      60,
      40,
      undefined,
      50,
      55,
      undefined,
    ]);
    expect(TRIALS.map((one) => shownValue(one, 'end')?.isComparable)).toEqual([
      true,
      false,
      undefined,
      true,
      true,
      undefined,
    ]);
  });

  it('is, at a step, the score there of every trial that got so far', () => {
    expect(shownValue(TRIALS[1] ?? trial(0, 0, {}), 100)).toEqual({
      step: 100,
      value: 40,
      isComparable: true,
    });
    expect(shownValue(TRIALS[1] ?? trial(0, 0, {}), 200)).toEqual({
      step: 100,
      value: 40,
      isComparable: false,
    });
    expect(comparedSteps(TRIALS)).toEqual([
      { step: 100, trials: 3 },
      { step: 200, trials: 3 },
    ]);
  });

  it('is nothing of a trial scored under another protocol', () => {
    const other = trial(7, 16, { value: 1, isIncomparable: true });
    expect(shownValue(other, 'end')).toEqual({ value: 1, step: undefined, isComparable: false });
  });
});

describe('the model', () => {
  it('places trials on the axes, and colours those that can be compared', () => {
    const { axes, rows } = at('end');
    expect(axes.map(({ key }) => key)).toEqual(['latent.size', OBJECTIVE]);
    expect(numbers(rows)).toEqual([1, 2, 3, 4, 5]);
    expect(rows.map(({ goodness }) => goodness)).toEqual([0, undefined, undefined, 1, 0.5]);
    expect(rows[1]?.positions.get(OBJECTIVE)).toBe(1);
    expect(rows[2]?.positions.has(OBJECTIVE)).toBe(false);
  });

  it('has no axis of the objective before the first score', () => {
    const begun = { ...SWEEP, trials: [trial(1, 16, { status: 'running' })] };
    const { axes } = modelOf(begun, 'end', { parameters: ['latent.size'], objective: 'FID' });
    expect(axes.map(({ key }) => key)).toEqual(['latent.size']);
  });

  it('ranks comparable trials first, then the others by how far they came', () => {
    expect(numbers(ranked(at('end').rows, 'lower'))).toEqual([4, 5, 1, 2, 3]);
    expect(numbers(ranked(at(100).rows, 'lower'))).toEqual([2, 4, 1, 5, 3]);
  });

  it('follows the best of the comparable trials', () => {
    expect(bestSoFar(at('end'))).toEqual([
      { trial: 1, value: 60 },
      { trial: 4, value: 50 },
    ]);
    const higher = { ...SWEEP, objective: { ...SWEEP.objective, better: 'higher' as const } };
    expect(bestSoFar({ ...at('end'), sweep: higher })).toEqual([{ trial: 1, value: 60 }]);
  });
});

describe('a choice', () => {
  it('holds the trials inside of every chosen part', () => {
    const { rows } = at('end');
    const chosen = (...brushes: readonly (readonly [string, readonly [number, number]])[]): number[] =>
      numbers(rows.filter((row) => isChosen(row, new Map(brushes))));
    expect(chosen()).toEqual([1, 2, 3, 4, 5]);
    expect(chosen(['latent.size', [0.6, 1]])).toEqual([3, 4]);
    expect(chosen(['latent.size', [0.6, 1]], [OBJECTIVE, [0, 1]])).toEqual([4]);
  });
});

it('deviates over the runs of a trial, where there are several', () => {
  expect(TRIALS.map(deviationOf).slice(0, 2)).toEqual([Math.sqrt(8), undefined]);
});

it('moves an axis, and puts axes that are new last', () => {
  expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b']);
  const { axes } = at('end');
  expect(inOrder(axes, [OBJECTIVE]).map(({ key }) => key)).toEqual([OBJECTIVE, 'latent.size']);
});
