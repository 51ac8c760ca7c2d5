import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CurveSlice, XAxis } from '../../../src/shared/dashboard-protocol';

beforeAll(() => {
  vi.stubGlobal('document', { querySelector: () => null });
});
afterAll(() => vi.unstubAllGlobals());

function slice(xAxis: XAxis, x: readonly number[], steps: readonly number[]): CurveSlice {
  return {
    view: { xAxis, maxBuckets: 100 },
    x: Float64Array.from(x),
    steps: Float64Array.from(steps),
    curves: [],
    recordsPerBucket: 1,
    recordCount: x.length,
    extent: [x[0] ?? 0, x.at(-1) ?? 0],
  };
}

describe('the step of a position', () => {
  it('is that of the nearest record on an axis of images or time', async () => {
    const { NO_CURVES, stepAt } = await import('./curve-data');
    const runs = [NO_CURVES, { ...NO_CURVES, slice: slice('seconds', [10, 20, 40], [1, 2, 3]) }];
    expect([0, 14, 16, 31, 99].map((position) => stepAt(runs, position))).toEqual([1, 1, 2, 3, 3]);
  });

  it('is the position itself on an axis of steps, and none where nothing was recorded', async () => {
    const { NO_CURVES, stepAt } = await import('./curve-data');
    expect(stepAt([{ ...NO_CURVES, slice: slice('step', [1, 9], [1, 9]) }], 4.4)).toBe(4.4);
    expect(stepAt([NO_CURVES], 4)).toBeUndefined();
  });
});

it('reads the data source of a config', async () => {
  const { dataSourceOf } = await import('./curve-data');
  expect(dataSourceOf({ data: { source: 'digits' } })).toEqual({ dataSource: 'digits' });
  for (const config of [undefined, null, {}, { data: null }, { data: {} }, { data: { source: 1 } }])
    expect(dataSourceOf(config)).toEqual({});
});
