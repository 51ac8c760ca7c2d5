/** Draws a noisy series as two lines: the values, faint, under their running mean. */
import type { Panel, Range } from './axes';
import { scaleX, scaleY } from './axes';
import type { Point, ReducedCurve } from './reduced-curve';

/** Number of intervals along the axis; more would be indistinguishable. */
const PLACES = 600;

export interface CurveOptions {
  readonly panel: Panel;
  readonly x: Range;
  /** Values outside are clamped to the edge. */
  readonly y: Range;
  readonly colour: string;
}

/** SVG of a curve; non-finite values leave a gap. */
export function curve(series: ReducedCurve, { panel, x, y, colour }: CurveOptions): string {
  const line = (drawn: readonly Point[], style: string): string =>
    unbroken(drawn)
      .map((part) => {
        const places = part.map((point) => {
          const clamped = Math.min(Math.max(point.y, y.low), y.high);
          return `${scaleX(panel, x, point.x).toFixed(1)},${scaleY(panel, y, clamped).toFixed(1)}`;
        });
        return `<polyline points="${places.join(' ')}" fill="none" stroke="${colour}" stroke-linejoin="round" ${style}/>`;
      })
      .join('');
  const { means } = series;
  const mean = runningMean(
    means.map((point) => point.y),
    Math.max(1, Math.round(means.length / 60)),
  );
  const smooth = means.map((point, i) => ({ x: point.x, y: mean[i] ?? Number.NaN }));
  return (
    line(extremes(series.extremes), 'stroke-width="0.8" stroke-opacity="0.28"') +
    line(extremes(smooth), 'stroke-width="1.8"')
  );
}

/** The lowest and highest point of each of `PLACES` intervals, in order, so that no spike is lost. */
export function extremes(points: readonly Point[]): readonly Point[] {
  const length = Math.ceil(points.length / PLACES);
  if (length <= 2) return points;
  const kept: Point[] = [];
  for (let start = 0; start < points.length; start += length) {
    const stretch = points.slice(start, start + length);
    const gap = stretch.find((point) => !Number.isFinite(point.y));
    const chosen = new Set<Point>(gap === undefined ? [] : [gap]);
    const finite = stretch.filter((point) => Number.isFinite(point.y));
    const [first] = finite;
    if (first !== undefined) {
      chosen.add(finite.reduce((a, b) => (b.y < a.y ? b : a), first));
      chosen.add(finite.reduce((a, b) => (b.y > a.y ? b : a), first));
    }
    kept.push(...[...chosen].sort((a, b) => a.x - b.x));
  }
  return kept;
}

function unbroken(points: readonly Point[]): readonly (readonly Point[])[] {
  const parts: Point[][] = [[]];
  for (const point of points) {
    if (Number.isFinite(point.y)) parts.at(-1)?.push(point);
    else parts.push([]);
  }
  return parts.filter((part) => part.length > 0);
}

/** Mean of the finite values in a centred window, truncated at the ends; NaN if the window has none. */
export function runningMean(values: readonly number[], radius: number): readonly number[] {
  const sums = [0];
  const counts = [0];
  for (const value of values) {
    const finite = Number.isFinite(value);
    sums.push((sums.at(-1) ?? 0) + (finite ? value : 0));
    counts.push((counts.at(-1) ?? 0) + (finite ? 1 : 0));
  }
  return values.map((_, i) => {
    const from = Math.max(0, i - radius);
    const to = Math.min(values.length, i + radius + 1);
    return ((sums[to] ?? 0) - (sums[from] ?? 0)) / ((counts[to] ?? 0) - (counts[from] ?? 0));
  });
}
