/** Squared distances between rows of features, one block of rows at a time, and to the k-th nearest neighbour. */
import type { FloatMatrix, Multiply } from './matrix';
import { floatMatrix, rowsOf } from './matrix';

/** Maximum number of distances in memory at once. */
const BLOCK_ENTRIES = 4_000_000;

function squaredNorm(row: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < row.length; j++) sum += (row[j] ?? 0) ** 2;
  return sum;
}

/** Scales each row by a factor and appends two numbers computed from its squared norm. */
function extended(
  { rows, columns, data }: FloatMatrix,
  factor: number,
  ends: (squaredNorm: number) => readonly [number, number],
): FloatMatrix {
  const result = floatMatrix(rows, columns + 2);
  for (let i = 0; i < rows; i++) {
    const row = data.subarray(i * columns, (i + 1) * columns);
    const target = result.data.subarray(i * result.columns, (i + 1) * result.columns);
    for (let j = 0; j < columns; j++) target[j] = factor * (row[j] ?? 0);
    target.set(ends(squaredNorm(row)), columns);
  }
  return result;
}

/**
 * Calls `onRow` with each row of `a` and its squared distances to the rows of `b`, in an array that is reused. Computed
 * as |x|² + |y|² - 2x·y, which in double precision leaves ten digits; a distance of 0 can come out slightly negative.
 * The norms are columns of the product, so that the only work per pair left to JavaScript is that of `onRow`.
 */
export async function forDistances(
  a: FloatMatrix,
  b: FloatMatrix,
  multiply: Multiply,
  onRow: (row: number, squares: Float64Array) => void,
): Promise<void> {
  const left = extended(a, -2, (norm) => [norm, 1]);
  const right = extended(b, 1, (norm) => [1, norm]);
  const step = Math.max(1, Math.floor(BLOCK_ENTRIES / b.rows));
  for (let begin = 0; begin < a.rows; begin += step) {
    const part = rowsOf(left, begin, begin + step);
    const { data } = await multiply(part, right, { isTransposed: true });
    for (let i = 0; i < part.rows; i++) onRow(begin + i, data.subarray(i * b.rows, (i + 1) * b.rows));
  }
}

/**
 * Returns the squared distance of each row to its k-th nearest other row, for each of the `ks`, in one pass over the
 * distances.
 */
export async function neighbourRadii(
  rows: FloatMatrix,
  ks: readonly number[],
  multiply: Multiply,
): Promise<readonly Float64Array[]> {
  const radii = ks.map(() => new Float64Array(rows.rows));
  const most = Math.max(...ks);
  const nearest = new Float64Array(most);
  await forDistances(rows, rows, multiply, (row, squares) => {
    nearest.fill(Number.POSITIVE_INFINITY);
    let farthest = Number.POSITIVE_INFINITY;
    for (let j = 0; j < squares.length; j++) {
      const square = squares[j] ?? 0;
      if (square >= farthest || j === row) continue;
      let place = most - 1;
      for (; place > 0 && (nearest[place - 1] ?? 0) > square; place--)
        nearest[place] = nearest[place - 1] ?? 0;
      nearest[place] = square;
      farthest = nearest[most - 1] ?? 0;
    }
    for (const [i, k] of ks.entries()) {
      const found = radii[i];
      if (found !== undefined) found[row] = Math.max(0, nearest[k - 1] ?? 0);
    }
  });
  return radii;
}
