/**
 * The 1-D algorithms of Toom and Cook, of which Winograd convolutions are made: a correlation of `outputs` values with
 * `taps` weights in `outputs + taps - 1` multiplications instead of `outputs · taps`. Both operands are evaluated as
 * polynomials at as many points, multiplied there, and interpolated (Lavin and Gray 2016, "Fast Algorithms for
 * Convolutional Neural Networks", section 4).
 */

/** A small matrix, as rows. */
export type Matrix = readonly (readonly number[])[];

/** A correlation as `output = inverse · ((filter · weights) ⊙ (data · input))`. */
export interface ToomCook {
  /** `[points, outputs + taps - 1]` */
  readonly data: Matrix;
  /** `[points, taps]` */
  readonly filter: Matrix;
  /** `[outputs, points]` */
  readonly inverse: Matrix;
}

/**
 * Points besides infinity, in order of use. Points that are small, or come with their negative or their reciprocal, keep
 * rounding errors small (Barabasz et al. 2020, "Error Analysis and Improving the Accuracy of Winograd Convolution for
 * Deep Neural Networks", section 5).
 */
const FINITE_POINTS = [0, -1, 1, 0.5, -2, -0.5, 2];

/** With more points, single precision loses too many digits. */
export const MAX_POINTS = FINITE_POINTS.length + 1;

/** Throws `RangeError` if this takes more than `MAX_POINTS`. */
export function toomCook(outputs: number, taps: number): ToomCook {
  const count = outputs + taps - 1;
  if (count > MAX_POINTS) throw new RangeError(`${outputs} outputs of ${taps} taps take ${count} points`);
  const points = FINITE_POINTS.slice(0, count - 1);
  const othersThan = (i: number): number[] => points.filter((_, j) => j !== i);
  return {
    data: [...points.map((_, i) => padded(polynomial(othersThan(i)), count)), polynomial(points)],
    filter: evaluation(points, taps).map((row, i) => {
      const point = points[i];
      if (point === undefined) return row;
      const scale = othersThan(i).reduce((product, other) => product * (point - other), 1);
      return row.map((value) => value / scale);
    }),
    inverse: transposed(evaluation(points, outputs)),
  };
}

/** `[points and infinity, size]`: the powers of each point; at infinity, the highest coefficient remains. */
function evaluation(points: readonly number[], size: number): number[][] {
  return [
    ...points.map((point) => Array.from({ length: size }, (_, power) => point ** power)),
    Array.from({ length: size }, (_, power) => (power === size - 1 ? 1 : 0)),
  ];
}

/** The coefficients of Π (x - root), from the constant term on. */
function polynomial(roots: readonly number[]): number[] {
  let coefficients = [1];
  for (const root of roots) {
    const lower = coefficients;
    coefficients = [0, ...lower].map((shifted, i) => shifted - root * (lower[i] ?? 0));
  }
  return coefficients;
}

function padded(row: readonly number[], length: number): number[] {
  return Array.from({ length }, (_, i) => row[i] ?? 0);
}

export function transposed(matrix: Matrix): Matrix {
  return (matrix[0] ?? []).map((_, column) => matrix.map((row) => row[column] ?? 0));
}
