import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CurveSlice } from '../../../src/shared/dashboard-protocol';
import type { RunLook } from '../run-look';
import type { RunCurves, ShownScore } from './curve-data';

let averaged: typeof import('./averaged');
beforeAll(async () => {
  vi.stubGlobal('document', { querySelector: () => null });
  averaged = await import('./averaged');
});
afterAll(() => vi.unstubAllGlobals());

function slice(x: readonly number[], values: readonly number[]): CurveSlice {
  const mean = Float32Array.from(values);
  return {
    view: { xAxis: 'step', maxBuckets: 100 },
    x: Float64Array.from(x),
    steps: Float64Array.from(x),
    curves: [{ name: 'generatorLoss', mean, min: mean, max: mean }],
    recordsPerBucket: 1,
    recordCount: x.length,
    extent: [x[0] ?? 0, x.at(-1) ?? 0],
  };
}

function score(step: number, value: number, data = '00000001'): ShownScore {
  const protocol = `200 samples against 200 held-out examples of data ${data}`;
  return {
    step,
    images: step * 10,
    seconds: value,
    record: { schemaVersion: 1, type: 'score', name: 'fid', step, value, protocol },
  };
}

const seeds = { runs: [0, 2], name: 'ring (2 seeds)' };
const looks: readonly RunLook[] = [
  { name: 'a', colour: '--run-0', seeds },
  { name: 'b', colour: '--run-1' },
  { name: 'c', colour: '--run-0', seeds },
];

function shown(first: Partial<RunCurves>, second: Partial<RunCurves>) {
  const none = { scores: [], findings: [] };
  const curves = [{ ...none, ...first }, none, { ...none, ...second }];
  return averaged.averagedRuns({ looks, curves });
}

const column = (values: ArrayLike<number> | undefined) => Array.from(values ?? []);

describe('runs that differ by the seed alone', () => {
  it('are one line, in the place of the first', () => {
    const made = shown({}, {});
    expect(made.looks.map(({ name }) => name)).toEqual(['ring (2 seeds)', 'b']);
    expect(made.curves.map(({ hasBand }) => hasBand)).toEqual([true, false]);
  });

  it('have the mean and the deviation of the sample as their curve', () => {
    const [curves] = shown({ slice: slice([1, 2], [1, 3]) }, { slice: slice([1, 2], [3, 3]) }).curves;
    const [curve] = curves?.slice?.curves ?? [];
    expect(column(curves?.slice?.x)).toEqual([1, 2]);
    expect(column(curve?.mean)).toEqual([2, 3]);
    expect(column(curve?.min)).toEqual([expect.closeTo(2 - Math.SQRT2, 6), 3]);
    expect(column(curve?.max)).toEqual([expect.closeTo(2 + Math.SQRT2, 6), 3]);
  });

  it('have it only where all have values, between points along a line', () => {
    const [curves] = shown(
      { slice: slice([1, 2, 3, 4, 5], [10, 10, 10, 10, 10]) },
      { slice: slice([2, 4], [0, 20]) },
    ).curves;
    expect(column(curves?.slice?.x)).toEqual([2, 3, 4]);
    expect(column(curves?.slice?.curves[0]?.mean)).toEqual([5, 10, 15]);
  });

  it('have no curve before all have been read, and a gap where one has no value', () => {
    expect(shown({ slice: slice([1], [1]) }, {}).curves[0]?.slice).toBeUndefined();
    const [curves] = shown(
      { slice: slice([1, 2], [1, Number.NaN]) },
      { slice: slice([1, 2], [3, 3]) },
    ).curves;
    expect(column(curves?.slice?.curves[0]?.mean)).toEqual([2, Number.NaN]);
  });

  it('have scores of the steps at which all were scored, under a protocol that names the data of all', () => {
    const [curves] = shown(
      { scores: [score(50, 4), score(100, 2)] },
      { scores: [score(50, 8, '0000000a')] },
    ).curves;
    expect(curves?.scores).toEqual([
      {
        step: 50,
        images: 500,
        seconds: 6,
        deviation: expect.closeTo(Math.sqrt(8), 12),
        record: expect.objectContaining({
          value: 6,
          protocol: '200 samples against 200 held-out examples of data 00000001, 0000000a',
        }),
      },
    ]);
  });
});

describe('averaging over seeds', () => {
  it('is the default where several lines are left', () => {
    expect(averaged.isAveraged(looks, undefined)).toBe(true);
    const alone = looks.flatMap((look) =>
      look.seeds === undefined ? [] : { ...look, seeds: { ...seeds, runs: [0, 1] } },
    );
    expect(averaged.isAveraged(alone, undefined)).toBe(false);
    expect(averaged.isAveraged(alone, true)).toBe(true);
    expect(averaged.isAveraged(looks, false)).toBe(false);
    expect(averaged.isAveraged([{ name: 'a', colour: '' }], true)).toBe(false);
  });

  it('is no choice among more runs than there are colours', () => {
    const many = Array.from({ length: 9 }, (): RunLook => ({ name: 'a', colour: '', seeds }));
    expect(averaged.isAveraged(many, false)).toBe(true);
  });
});
