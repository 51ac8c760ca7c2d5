/** Reads points from text: two numbers a line. */
import { localizable } from '../../shared/localizable-text';
import { DataError } from '../data-error';

/** Fewer points make no distribution. */
const LEAST_POINTS = 10;

const REMEDY = localizable('Write x and y of one point on each line: 0.5, -1.25.');
/** Limit on how much of a line a message quotes, in characters. */
const QUOTED = 40;

/**
 * x, y, x, y, … of lines with two finite numbers that commas, semicolons, tabs or spaces separate. The first line may be
 * a heading; empty lines and those that begin with `#` do not count. Throws `DataError` with the line.
 */
export function parsePoints(text: string, file: string): Float64Array {
  const values: number[] = [];
  let isFirst = true;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n?|\n/)
    .entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const cells = line.split(/\s*[,;\t]\s*|\s+/);
    const numbers = cells.map((cell) => (cell === '' ? Number.NaN : Number(cell)));
    const isHeading = isFirst && numbers.every((value) => Number.isNaN(value));
    isFirst = false;
    if (isHeading) continue;
    if (cells.length !== 2)
      throw new DataError(
        localizable('{0}, line {1}: there are {2} values instead of two.', file, index + 1, cells.length),
        REMEDY,
      );
    const wrong = numbers.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0)
      throw new DataError(
        localizable(
          '{0}, line {1}: "{2}" is not a finite number.',
          file,
          index + 1,
          (cells[wrong] ?? '').slice(0, QUOTED),
        ),
        REMEDY,
      );
    values.push(...numbers);
  }
  const count = values.length / 2;
  if (count < LEAST_POINTS)
    throw new DataError(
      localizable('{0} has {1} points; at least {2} are needed.', file, count, LEAST_POINTS),
      REMEDY,
    );
  return Float64Array.from(values);
}

/** What `fitted` does to a point p: (p - centre) · factor. */
export interface Fit {
  readonly centre: readonly [number, number];
  readonly factor: number;
}

/** Moves the bounding box of the points to the origin and scales both axes alike, so that the longer side is 4. */
export function fitOf(points: Float64Array): Fit {
  const range = (axis: number): readonly [number, number] => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = axis; i < points.length; i += 2) {
      least = Math.min(least, points[i] ?? 0);
      most = Math.max(most, points[i] ?? 0);
    }
    return [least, most];
  };
  const [[left, right], [bottom, top]] = [range(0), range(1)];
  const side = Math.max(right - left, top - bottom);
  return { centre: [(left + right) / 2, (bottom + top) / 2], factor: side > 0 ? 4 / side : 1 };
}

/** Applies a fit. */
export function fitted(points: Float64Array, { centre: [x, y], factor }: Fit): Float32Array {
  return Float32Array.from(points, (value, i) => (value - (i % 2 === 0 ? x : y)) * factor);
}
