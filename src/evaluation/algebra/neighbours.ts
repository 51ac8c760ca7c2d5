/** Squared distances between rows of features, a block of rows at a time, and to the k-th nearest neighbour. */
import type { FloatMatrix, Multiply } from './matrix';
import { rowsOf } from './matrix';

/** Distances that are in memory at once. */
const BLOCK_ENTRIES = 4_000_000;

function squaredNorms({ rows, columns, data }: FloatMatrix): Float64Array {
  const norms = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = i * columns; j < (i + 1) * columns; j++) sum += (data[j] ?? 0) ** 2;
    norms[i] = sum;
  }
  return norms;
}

/**
 * Calls `onRow` with each row of `a` and its squared distances to the rows of `b`; the array is used again. By
 * |x|² + |y|² - 2x·y, which in double precision leaves ten digits.
 */
export async function forDistances(
  a: FloatMatrix,
  b: FloatMatrix,
  multiply: Multiply,
  onRow: (row: number, squares: Float64Array) => void,
): Promise<void> {
  const [normsA, normsB] = [squaredNorms(a), squaredNorms(b)];
  const step = Math.max(1, Math.floor(BLOCK_ENTRIES / b.rows));
  for (let begin = 0; begin < a.rows; begin += step) {
    const part = rowsOf(a, begin, begin + step);
    const { data } = await multiply(part, b, { isTransposed: true });
    for (let i = 0; i < part.rows; i++) {
      const squares = data.subarray(i * b.rows, (i + 1) * b.rows);
      const own = normsA[begin + i] ?? 0;
      for (let j = 0; j < squares.length; j++)
        squares[j] = Math.max(0, own + (normsB[j] ?? 0) - 2 * (squares[j] ?? 0));
      onRow(begin + i, squares);
    }
  }
}

/** Squared distance of each row to its k-th nearest other row. */
export async function neighbourRadii(
  rows: FloatMatrix,
  k: number,
  multiply: Multiply,
): Promise<Float64Array> {
  const radii = new Float64Array(rows.rows);
  const nearest = new Float64Array(k);
  await forDistances(rows, rows, multiply, (row, squares) => {
    nearest.fill(Number.POSITIVE_INFINITY);
    for (let j = 0; j < squares.length; j++) {
      const square = squares[j] ?? 0;
      if (j === row || square >= (nearest[k - 1] ?? 0)) continue;
      let place = k - 1;
      for (; place > 0 && (nearest[place - 1] ?? 0) > square; place--)
        nearest[place] = nearest[place - 1] ?? 0;
      nearest[place] = square;
    }
    radii[row] = nearest[k - 1] ?? 0;
  });
  return radii;
}
