/**
 * Operations on large symmetric matrices that scores need, in double precision: a triangular root and the eigenvalues.
 * With the 2,048 features of Inception either takes seconds, so both yield to the event loop between rows and can be
 * aborted. JavaScript libraries compute the eigenvectors too, which takes minutes and cannot be interrupted.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FloatMatrix } from './matrix';
import { floatMatrix } from './matrix';

/** Maximum duration of work before yielding to the event loop. */
const TURN_MS = 30;
/** A pivot below this share of the largest one is rounding error, and the matrix has no further rank there. */
const LEAST_PIVOT = 1e-14;
/** A few iterations suffice for any eigenvalue of a finite matrix. */
const MAX_ITERATIONS = 60;

/** Awaited between parts of long work. Throws the signal's reason when it is aborted. */
type Turn = () => Promise<void> | undefined;

function turns(signal: AbortSignal | undefined): Turn {
  let begunMs = performance.now();
  return () => {
    signal?.throwIfAborted();
    if (performance.now() - begunMs < TURN_MS) return undefined;
    return nextTurn().then(() => {
      begunMs = performance.now();
    });
  };
}

function dot(a: Float64Array, b: Float64Array, count: number): number {
  let sum = 0;
  for (let k = 0; k < count; k++) sum += (a[k] ?? 0) * (b[k] ?? 0);
  return sum;
}

function rowsIn({ rows, columns, data }: FloatMatrix): Float64Array[] {
  return Array.from({ length: rows }, (_, i) => data.subarray(i * columns, (i + 1) * columns));
}

/**
 * Returns the lower triangle L of a positive semidefinite symmetric matrix, with L·Lᵀ the matrix (Golub & Van Loan
 * 2013, section 4.2). Rank deficiency, as with constant features, gives columns of zeros.
 */
export async function choleskyOf(matrix: FloatMatrix, signal?: AbortSignal): Promise<FloatMatrix> {
  const size = matrix.rows;
  const lower = floatMatrix(size, size);
  const [given, rows] = [rowsIn(matrix), rowsIn(lower)];
  const least = LEAST_PIVOT * Math.max(...given.map((row, i) => row[i] ?? 0), 0);
  const turn = turns(signal);
  for (const [i, row] of rows.entries()) {
    await turn();
    const source = given[i] ?? row;
    for (let j = 0; j < i; j++) {
      const other = rows[j] ?? row;
      const pivot = other[j] ?? 0;
      row[j] = pivot === 0 ? 0 : ((source[j] ?? 0) - dot(row, other, j)) / pivot;
    }
    const rest = (source[i] ?? 0) - dot(row, row, i);
    row[i] = rest > least ? Math.sqrt(rest) : 0;
  }
  return lower;
}

/** Returns the eigenvalues of a symmetric matrix, unordered. */
export async function eigenvaluesOf(matrix: FloatMatrix, signal?: AbortSignal): Promise<Float64Array> {
  const { diagonal, beside } = await tridiagonalOf(matrix, turns(signal));
  return eigenvaluesOfTridiagonal(diagonal, beside);
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** `beside[i]` is the off-diagonal entry between diagonal entries i - 1 and i. */
  readonly beside: Float64Array;
}

/**
 * Householder reflections, row by row from the last (Golub & Van Loan 2013, section 8.3.1); only reads the lower
 * triangle.
 */
async function tridiagonalOf(matrix: FloatMatrix, turn: Turn): Promise<Tridiagonal> {
  const size = matrix.rows;
  const rows = rowsIn({ ...matrix, data: matrix.data.slice() });
  const diagonal = new Float64Array(size);
  const beside = new Float64Array(size);
  const product = new Float64Array(size);
  for (let i = size - 1; i > 0; i--) {
    await turn();
    const row = rows[i] ?? product;
    diagonal[i] = row[i] ?? 0;
    // Skips entries left by rounding alone, whose squares would no longer be representable.
    let scale = 0;
    for (let k = 0; k < i; k++) scale = Math.max(scale, Math.abs(row[k] ?? 0));
    if (scale < Number.MIN_VALUE / Number.EPSILON) continue;
    for (let k = 0; k < i; k++) row[k] = (row[k] ?? 0) / scale;
    const length = Math.sqrt(dot(row, row, i));
    const last = row[i - 1] ?? 0;
    const reflected = last > 0 ? -length : length;
    beside[i] = scale * reflected;
    // Half the squared length of the reflection vector, which is the row with a different last entry.
    const half = length * length - last * reflected;
    row[i - 1] = last - reflected;
    multiplyByLower(rows, row, i, product);
    const share = dot(row, product, i) / (2 * half * half);
    for (let k = 0; k < i; k++) product[k] = (product[k] ?? 0) / half - share * (row[k] ?? 0);
    for (let j = 0; j < i; j++) {
      const target = rows[j] ?? product;
      const [ofRow, ofProduct] = [row[j] ?? 0, product[j] ?? 0];
      for (let k = 0; k <= j; k++)
        target[k] = (target[k] ?? 0) - ofRow * (product[k] ?? 0) - ofProduct * (row[k] ?? 0);
    }
  }
  diagonal[0] = rows[0]?.[0] ?? 0;
  return { diagonal, beside };
}

/** Multiplies the leading `size` rows and columns, given by their lower triangle, by a vector. */
function multiplyByLower(
  rows: readonly Float64Array[],
  vector: Float64Array,
  size: number,
  product: Float64Array,
): void {
  product.fill(0, 0, size);
  for (let j = 0; j < size; j++) {
    const row = rows[j] ?? product;
    const factor = vector[j] ?? 0;
    let sum = (row[j] ?? 0) * factor;
    for (let k = 0; k < j; k++) {
      const entry = row[k] ?? 0;
      sum += entry * (vector[k] ?? 0);
      product[k] = (product[k] ?? 0) + entry * factor;
    }
    product[j] = (product[j] ?? 0) + sum;
  }
}

/** Implicit QL steps with Wilkinson's shift (Golub & Van Loan 2013, section 8.3.5), without eigenvectors. */
function eigenvaluesOfTridiagonal(diagonal: Float64Array, beside: Float64Array): Float64Array {
  const size = diagonal.length;
  const values = diagonal.slice();
  const off = new Float64Array(size);
  off.set(beside.subarray(1));
  const at = (array: Float64Array, i: number): number => array[i] ?? 0;
  // Scale of the whole matrix: next to eigenvalues that are rounding error themselves, nothing would be negligible.
  let scale = 0;
  for (let i = 0; i < size; i++) scale = Math.max(scale, Math.abs(at(values, i)) + Math.abs(at(off, i)));
  const negligible = Number.EPSILON * scale;
  for (let first = 0; first < size; first++) {
    for (let iteration = 0; ; iteration++) {
      let end = first;
      while (end < size - 1 && Math.abs(at(off, end)) > negligible) end++;
      if (end === first) break;
      if (iteration === MAX_ITERATIONS) throw new RangeError('the eigenvalues of the matrix do not converge');
      const half = (at(values, first + 1) - at(values, first)) / (2 * at(off, first));
      const shift = at(off, first) / (half + (half < 0 ? -1 : 1) * Math.hypot(half, 1));
      let g = at(values, end) - at(values, first) + shift;
      let [sine, cosine, moved] = [1, 1, 0];
      let i = end - 1;
      for (; i >= first; i--) {
        const f = sine * at(off, i);
        const b = cosine * at(off, i);
        const r = Math.hypot(f, g);
        off[i + 1] = r;
        if (r === 0) {
          values[i + 1] = at(values, i + 1) - moved;
          off[end] = 0;
          break;
        }
        sine = f / r;
        cosine = g / r;
        g = at(values, i + 1) - moved;
        const t = (at(values, i) - g) * sine + 2 * cosine * b;
        moved = sine * t;
        values[i + 1] = g + moved;
        g = cosine * t - b;
      }
      if (i >= first) continue;
      values[first] = at(values, first) - moved;
      off[first] = g;
      off[end] = 0;
    }
  }
  return values;
}
