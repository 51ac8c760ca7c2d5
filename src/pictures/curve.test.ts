import { expect, it } from 'vitest';
import { curve, extremes, runningMean } from './curve';
import { type Point, ReducedCurve } from './reduced-curve';

const flat = (count: number) => Array.from({ length: count }, (_, x) => ({ x, y: 0 }));

function reduced(points: readonly Point[]): ReducedCurve {
  const series = new ReducedCurve();
  for (const point of points) series.add(point);
  return series;
}

it('keeps every spike of a long series', () => {
  const points = flat(100_000).map((point) => (point.x === 54_321 ? { x: point.x, y: 9 } : point));
  const kept = extremes(points);
  expect(kept.length).toBeLessThanOrEqual(1200);
  expect(kept).toContainEqual({ x: 54_321, y: 9 });
  expect(kept.map(({ x }) => x)).toEqual(kept.map(({ x }) => x).toSorted((a, b) => a - b));
});

it('keeps the extremes of a stretch that begins with a gap', () => {
  const points = flat(6000).map((point) =>
    point.x === 0 ? { x: 0, y: Number.NaN } : point.x === 4 ? { x: 4, y: -7 } : point,
  );
  expect(extremes(points).slice(0, 2)).toEqual([points[0], { x: 1, y: 0 }]);
  expect(extremes(points)).toContainEqual({ x: 4, y: -7 });
  expect(extremes(points.map(({ x }) => ({ x, y: Number.NaN })))).toHaveLength(600);
});

it('draws a short series as it is', () => {
  expect(extremes(flat(1000))).toEqual(flat(1000));
});

it('averages over a window that is shorter at the ends, and leaves out what is not finite', () => {
  expect(runningMean([3, 6, 9, 12], 1)).toEqual([4.5, 6, 9, 10.5]);
  expect(runningMean([2, Number.NaN, 4, 6], 1)).toEqual([2, 3, 5, 5]);
  expect(runningMean([Number.POSITIVE_INFINITY], 1)).toEqual([Number.NaN]);
});

it.each([[5], [5000]])('breaks the line of %i values where one is not finite', (count) => {
  const middle = Math.floor(count / 2);
  const points = flat(count).map((point) => (point.x === middle ? { x: middle, y: Number.NaN } : point));
  const svg = curve(reduced(points), {
    panel: { left: 0, top: 0, width: 100, height: 50 },
    x: { low: 0, high: count },
    y: { low: -1, high: 1 },
    colour: 'red',
  });
  expect(svg).not.toContain('NaN');
  // Two segments of values, one continuous mean.
  expect(svg.match(/<polyline/g)).toHaveLength(3);
});

it('draws what lies outside the range at its edge', () => {
  const points = [
    { x: 0, y: -50 },
    { x: 1, y: 50 },
  ];
  const panel = { left: 0, top: 10, width: 100, height: 50 };
  const svg = curve(reduced(points), {
    panel,
    x: { low: 0, high: 1 },
    y: { low: 0, high: 1 },
    colour: 'red',
  });
  expect(svg).toContain('points="0.0,60.0 100.0,10.0"');
});
