import { describe, expect, it } from 'vitest';
import { extremes } from './curve';
import { type Point, ReducedCurve } from './reduced-curve';

function reduced(points: readonly Point[]): ReducedCurve {
  const series = new ReducedCurve();
  for (const point of points) series.add(point);
  return series;
}

/** Noise with a trend, and a spike. */
const noisy = (count: number): Point[] =>
  Array.from({ length: count }, (_, x) => ({
    x,
    y: x === 70_001 ? 50 : x / count + 0.5 * Math.sin(x * x),
  }));

const COLUMNS = 600;

/** The lowest and highest value in each column of a plot. */
function rangesOf(points: readonly Point[], end: number): (readonly [number, number])[] {
  const columns = Array.from({ length: COLUMNS }, (): number[] => []);
  for (const { x, y } of points) columns[Math.floor((x / end) * COLUMNS)]?.push(y);
  return columns.map((values) => [Math.min(...values), Math.max(...values)]);
}

describe('a reduced curve', () => {
  it('keeps all points of a short series', () => {
    const points = noisy(9_000).map((point) => (point.x === 7 ? { x: 7, y: Number.NaN } : point));
    const { extremes, means, evenly } = reduced(points);
    expect([extremes, means, evenly]).toEqual([points, points, points]);
  });

  // Columns of 1,024 points begin and end with a stretch, of 64 points here.
  it('keeps the lowest and highest value of every column of a plot', () => {
    const points = noisy(COLUMNS * 1024);
    const series = reduced(points);
    expect(series.extremes.length).toBeLessThanOrEqual(2 * 9_600);
    expect(rangesOf(series.extremes, points.length)).toEqual(rangesOf(points, points.length));
    expect(extremes(series.extremes)).toContainEqual({ x: 70_001, y: 50 });
  });

  it('keeps the mean of every stretch, and points at even distances', () => {
    const points = noisy(COLUMNS * 1024);
    const { means, evenly } = reduced(points);
    const mean = (values: readonly Point[]) => values.reduce((sum, { y }) => sum + y, 0) / values.length;
    expect(means.length).toBeLessThanOrEqual(9_600);
    expect(mean(means)).toBeCloseTo(mean(points), 10);
    expect(means[0]).toEqual({ x: 31.5, y: expect.closeTo(mean(points.slice(0, 64)), 10) });
    expect(evenly.slice(0, 3)).toEqual([points[0], points[64], points[128]]);
  });

  it('keeps gaps, and leaves them out of means', () => {
    const series = reduced(
      noisy(20_000).map(({ x, y }) => ({ x, y: x === 5 || x >= 10_000 ? Number.NaN : y })),
    );
    expect(series.extremes).toContainEqual({ x: 5, y: Number.NaN });
    expect(series.means.filter(({ y }) => Number.isNaN(y)).map(({ x }) => x)[0]).toBeGreaterThan(9_999);
    expect(series.means.at(-1)?.y).toBeNaN();
  });
});
