import { describe, expect, it } from 'vitest';
import { MAX_FURTHER_CURVES, STEP_CURVES } from '../../shared/dashboard-protocol';
import type { StepRecord } from '../../shared/run-format';
import { CurveColumns } from './curve-columns';

function record(step: number, values: Partial<StepRecord> = {}): StepRecord {
  return {
    schemaVersion: 1,
    type: 'step',
    step,
    images: 64 * step,
    seconds: step / 4,
    imagesPerSecond: 256,
    discriminatorLoss: step,
    generatorLoss: -step,
    realScore: 0.75,
    fakeScore: 0.25,
    discriminatorGradientNorm: 1,
    generatorGradientNorm: 2,
    ...values,
  };
}

function columnsOf(count: number): CurveColumns {
  const columns = new CurveColumns();
  for (let step = 1; step <= count; step++) columns.append(record(step));
  return columns;
}

describe('CurveColumns', () => {
  it('gives every record its own bucket where there is room', () => {
    const slice = columnsOf(5).slice({ xAxis: 'images', maxBuckets: 10 });
    expect([...slice.x]).toEqual([64, 128, 192, 256, 320]);
    expect([...slice.steps]).toEqual([1, 2, 3, 4, 5]);
    const loss = slice.curves.find(({ name }) => name === 'generatorLoss');
    expect([...(loss?.mean ?? [])]).toEqual([-1, -2, -3, -4, -5]);
    expect(slice).toMatchObject({ recordsPerBucket: 1, recordCount: 5, extent: [64, 320] });
  });

  it('keeps mean, minimum and maximum of many records, and every spike', () => {
    const columns = columnsOf(2_999);
    columns.append(record(3_000, { discriminatorLoss: 1e6 }));
    const { x, curves, recordsPerBucket } = columns.slice({ xAxis: 'step', maxBuckets: 100 });
    expect(recordsPerBucket).toBe(32);
    expect(x.length).toBe(94);
    const loss = curves.find(({ name }) => name === 'discriminatorLoss');
    expect([loss?.min[0], loss?.mean[0], loss?.max[0]]).toEqual([1, 16.5, 32]);
    expect(loss?.max.at(-1)).toBe(1e6);
    expect([x[0], x.at(-1)]).toEqual([32, 3_000]);
  });

  it('does not move a bucket while the run grows', () => {
    const columns = columnsOf(1_000);
    const view = { xAxis: 'step', maxBuckets: 40 } as const;
    const before = columns.slice(view).x.slice(0, -1);
    for (let step = 1_001; step <= 1_100; step++) columns.append(record(step));
    expect(columns.slice(view).x.slice(0, before.length)).toEqual(before);
  });

  it('shows a part in full detail, with a neighbour at each side', () => {
    const slice = columnsOf(1_000).slice({ xAxis: 'step', from: 500, to: 510, maxBuckets: 40 });
    expect(slice.recordsPerBucket).toBe(1);
    expect([slice.x[0], slice.x.at(-1)]).toEqual([499, 510]);
    expect(slice.extent).toEqual([1, 1_000]);
  });

  it('has gaps where some records lack a value', () => {
    const columns = columnsOf(2_000);
    columns.append(record(2_001, { extra: { r1Penalty: 0.5 } }));
    const penalty = columns
      .slice({ xAxis: 'step', from: 2_000, maxBuckets: 10 })
      .curves.find(({ name }) => name === 'r1Penalty');
    expect([...(penalty?.mean ?? [])]).toEqual([Number.NaN, Number.NaN, 0.5]);
  });

  it('keeps the first values beside those of every run, and no more than can be shown', () => {
    const columns = new CurveColumns();
    const values = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`value${index}`, index]));
    columns.append(record(1, { extra: values }));
    columns.append(record(2, { extra: { value999: 1, value0: 7 } }));
    expect([...columns.values().curves.keys()]).toHaveLength(STEP_CURVES.length + MAX_FURTHER_CURVES);
    const first = columns
      .slice({ xAxis: 'step', maxBuckets: 10 })
      .curves.find(({ name }) => name === 'value0');
    expect([...(first?.mean ?? [])]).toEqual([0, 7]);
  });

  it('knows nothing of an empty run', () => {
    const empty = new CurveColumns();
    expect(empty.slice({ xAxis: 'step', maxBuckets: 10 })).toMatchObject({ recordCount: 0, extent: [0, 0] });
  });

  it('places what happens between records in proportion, and outside of them at their ends', () => {
    const columns = new CurveColumns();
    expect(columns.place(5)).toEqual({ step: 5, images: 0, seconds: 0 });
    columns.append(record(10, { images: 640, seconds: 2 }));
    columns.append(record(20, { images: 1280, seconds: 6 }));
    expect(columns.place(5)).toEqual({ step: 5, images: 320, seconds: 1 });
    expect(columns.place(10)).toEqual({ step: 10, images: 640, seconds: 2 });
    expect(columns.place(15)).toEqual({ step: 15, images: 960, seconds: 4 });
    expect(columns.place(30)).toEqual({ step: 30, images: 1280, seconds: 6 });
  });
});
