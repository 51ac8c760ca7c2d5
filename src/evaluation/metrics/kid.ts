/** Kernel Inception distance: squared maximum mean discrepancy between the features, with its standard error. */
import type { Random } from '../../random/random';
import { localizable } from '../../shared/localizable-text';
import type { FloatMatrix, Multiply } from '../algebra/matrix';
import { rowsOf, selectRows } from '../algebra/matrix';
import type { Metric } from '../metric';
import { required } from '../metric';
import { type ClassPart, detailsOfClasses, findInClasses } from './classes';

/** Larger sets are split into as few blocks as possible, since the number of pairs grows quadratically. */
const BLOCK_ROWS = 2000;
/** Rows per product, which bounds the memory used. */
const ROWS_AT_ONCE = 1000;
/** Minimum number of examples for an estimate. */
const LEAST_EXAMPLES = 10;

/** Sums of (x·y / d + 1)³ over rows and columns, without the pairs of a row with itself if `isSame`. */
async function kernelSums(
  a: FloatMatrix,
  b: FloatMatrix,
  multiply: Multiply,
  isSame: boolean,
): Promise<{ readonly ofRows: Float64Array; readonly ofColumns: Float64Array }> {
  const [ofRows, ofColumns] = [new Float64Array(a.rows), new Float64Array(b.rows)];
  for (let begin = 0; begin < a.rows; begin += ROWS_AT_ONCE) {
    const part = rowsOf(a, begin, begin + ROWS_AT_ONCE);
    const { data, rows, columns } = await multiply(part, b, { isTransposed: true });
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) {
        if (isSame && begin + i === j) continue;
        const base = (data[i * columns + j] ?? 0) / a.columns + 1;
        // Several times faster than a power.
        const kernel = base * base * base;
        sum += kernel;
        ofColumns[j] = (ofColumns[j] ?? 0) + kernel;
      }
      ofRows[begin + i] = sum;
    }
  }
  return { ofRows, ofColumns };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** (n - 1) / n · Σ (θᵢ - mean)² of the leave-one-out estimates θᵢ (Efron & Stein 1981). */
function jackknifed(estimates: Float64Array): number {
  const n = estimates.length;
  const mean = sumOf(estimates) / n;
  return ((n - 1) / n) * estimates.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

export interface Discrepancy {
  readonly value: number;
  /** Variance of the value by the jackknife over both sides, which is never too small in expectation. */
  readonly variance: number;
}

/**
 * The unbiased estimate of MMD² (Gretton et al. 2012, equation 3) with the cubic kernel of Bińkowski et al. 2018; needs
 * at least three rows per side. Overlapping subsets would underestimate the variance several times over.
 */
export async function polynomialDiscrepancy(
  a: FloatMatrix,
  b: FloatMatrix,
  multiply: Multiply,
): Promise<Discrepancy> {
  const [m, n] = [a.rows, b.rows];
  const withinA = (await kernelSums(a, a, multiply, true)).ofRows;
  const withinB = (await kernelSums(b, b, multiply, true)).ofRows;
  const between = await kernelSums(a, b, multiply, false);
  const sums = { a: sumOf(withinA), b: sumOf(withinB), between: sumOf(between.ofRows) };
  const estimate = (ofA: number, ofB: number, ofBoth: number, rowsA: number, rowsB: number): number =>
    ofA / (rowsA * (rowsA - 1)) + ofB / (rowsB * (rowsB - 1)) - (2 * ofBoth) / (rowsA * rowsB);
  const withoutOneOfA = withinA.map((own, i) =>
    estimate(sums.a - 2 * own, sums.b, sums.between - (between.ofRows[i] ?? 0), m - 1, n),
  );
  const withoutOneOfB = withinB.map((own, j) =>
    estimate(sums.a, sums.b - 2 * own, sums.between - (between.ofColumns[j] ?? 0), m, n - 1),
  );
  return {
    value: estimate(sums.a, sums.b, sums.between, m, n),
    variance: jackknifed(withoutOneOfA) + jackknifed(withoutOneOfB),
  };
}

function blocksOf(a: number, b: number): number {
  const most = Math.floor(Math.min(a, b) / LEAST_EXAMPLES);
  return Math.max(1, Math.min(most, Math.ceil(Math.max(a, b) / BLOCK_ROWS)));
}

/** Mean over disjoint random blocks of both sides (a single block for few examples), with its standard error. */
export async function kernelDistance(
  a: FloatMatrix,
  b: FloatMatrix,
  multiply: Multiply,
  random: Random,
): Promise<{ readonly value: number; readonly standardError: number; readonly blocks: number }> {
  const blocks = blocksOf(a.rows, b.rows);
  const orders = [random.permutation(a.rows), random.permutation(b.rows)] as const;
  let [value, variance] = [0, 0];
  for (let i = 0; i < blocks; i++) {
    const part = (matrix: FloatMatrix, order: Uint32Array): FloatMatrix =>
      selectRows(matrix, order.subarray((i * order.length) / blocks, ((i + 1) * order.length) / blocks));
    const found = await polynomialDiscrepancy(part(a, orders[0]), part(b, orders[1]), multiply);
    value += found.value / blocks;
    variance += found.variance / blocks ** 2;
  }
  return { value, standardError: Math.sqrt(variance), blocks };
}

function isEnough({ reference, generated }: ClassPart): boolean {
  return Math.min(reference.rows, generated.rows) >= LEAST_EXAMPLES;
}

export const kid: Metric = {
  name: 'kid',
  title: 'KID',
  description:
    'Kernel distance (squared MMD) between the features of real and generated examples; unbiased even with few samples. Reported with its jackknife standard error.',
  paper: 'Bińkowski et al. 2018, "Demystifying MMD GANs", section 4',
  needs: ['features'],
  unsuitable: ({ features }) =>
    features === undefined || isEnough(features)
      ? undefined
      : localizable('fewer than {0} examples leave nothing to estimate from', LEAST_EXAMPLES),
  cost: ({ generated, reference, features }) => {
    const pairs = (generated ** 2 + reference ** 2 + generated * reference) / blocksOf(generated, reference);
    return { products: pairs * features, operations: pairs };
  },
  async score({ features, multiply, random }) {
    const found = required(features, 'kid', 'features');
    const distanceOf = ({ reference, generated }: ClassPart) =>
      kernelDistance(reference, generated, multiply, random);
    const { value, standardError, blocks } = await distanceOf(found);
    const ofClasses = detailsOfClasses(await findInClasses(found, isEnough, distanceOf), (of) => of.value);
    return [{ name: 'kid', value, details: { standardError, blocks, ...ofClasses } }];
  },
};
