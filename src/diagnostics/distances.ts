/** Distances between examples, cheap enough to compute during training: images are downsampled first. */
import type { ExampleShape } from '../shared/example-shape';
import { exampleExtents } from '../shared/example-shape';

/**
 * Images are averaged down until neither side is longer than this: nearest neighbours hardly change, at a fraction of
 * the cost.
 */
const LONGEST_SIDE = 16;

/** `count` rows of `size` numbers. */
export interface Features {
  readonly rows: Float32Array;
  readonly count: number;
  readonly size: number;
}

/**
 * @param values `[count, ...shape]`
 * @param most maximum number of examples to use
 */
export function featuresOf(
  values: ArrayLike<number>,
  shape: ExampleShape,
  most = Number.POSITIVE_INFINITY,
): Features {
  const extents = exampleExtents(shape);
  const length = extents.reduce((product, extent) => product * extent, 1);
  const count = Math.min(most, Math.floor(values.length / length));
  if (shape.kind === 'points')
    return { rows: Float32Array.from(values).subarray(0, count * length), count, size: length };
  const { height, width, channels } = shape;
  const block = Math.max(1, Math.ceil(Math.max(height, width) / LONGEST_SIDE));
  const rowsDown = Math.ceil(height / block);
  const columnsDown = Math.ceil(width / block);
  const size = rowsDown * columnsDown * channels;
  const rows = new Float32Array(count * size);
  const share = 1 / (block * block);
  for (let n = 0; n < count; n++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const from = ((n * height + y) * width + x) * channels;
        const to = n * size + (Math.floor(y / block) * columnsDown + Math.floor(x / block)) * channels;
        for (let c = 0; c < channels; c++)
          rows[to + c] = (rows[to + c] ?? 0) + (values[from + c] ?? 0) * share;
      }
  return { rows, count, size };
}

/** Returns the Euclidean distance between row `i` of `a` and row `j` of `b`. */
export function distance(a: Features, i: number, b: Features, j: number): number {
  let sum = 0;
  const { size, rows: left } = a;
  const { rows: right } = b;
  const fromA = i * size;
  const fromB = j * size;
  for (let k = 0; k < size; k++) {
    const difference = (left[fromA + k] ?? 0) - (right[fromB + k] ?? 0);
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}

/**
 * Returns the distance from row `i` of `a` to the nearest row of `b`, excluding the row itself if both are the same
 * set.
 */
export function nearest(a: Features, i: number, b: Features): number {
  let least = Number.POSITIVE_INFINITY;
  for (let j = 0; j < b.count; j++) {
    if (a === b && i === j) continue;
    least = Math.min(least, distance(a, i, b, j));
  }
  return least;
}

/** Returns the mean distance between rows, and from a row to the nearest one. Each pair is computed once. */
export function meanDistances(a: Features): { readonly pairwise: number; readonly nearest: number } {
  const least = new Float64Array(a.count).fill(Number.POSITIVE_INFINITY);
  let sum = 0;
  for (let i = 0; i < a.count; i++)
    for (let j = 0; j < i; j++) {
      const apart = distance(a, i, a, j);
      sum += apart;
      if (apart < (least[i] ?? 0)) least[i] = apart;
      if (apart < (least[j] ?? 0)) least[j] = apart;
    }
  return {
    pairwise: sum / ((a.count * (a.count - 1)) / 2),
    nearest: least.reduce((total, value) => total + value, 0) / a.count,
  };
}

/** Returns the share of the rows of `of` that have a row of `by` within `radius`. */
export function coveredShare(of: Features, by: Features, radius: number): number {
  let covered = 0;
  for (let i = 0; i < of.count; i++) {
    for (let j = 0; j < by.count; j++)
      if (distance(of, i, by, j) <= radius) {
        covered++;
        break;
      }
  }
  return covered / of.count;
}

/** Returns the first `most` rows. */
export function firstRows({ rows, count, size }: Features, most: number): Features {
  const kept = Math.min(count, most);
  return { rows: rows.subarray(0, kept * size), count: kept, size };
}
