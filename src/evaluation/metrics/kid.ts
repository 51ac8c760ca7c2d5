/** Kernel Inception distance: squared maximum mean discrepancy between the features, with its standard error. */
import type { Random } from '../../random/random';
import type { FloatMatrix, Multiply } from '../algebra/matrix';
import { selectRows } from '../algebra/matrix';
import type { Metric } from '../metric';
import { required } from '../metric';

const SUBSETS = 20;
const SUBSET_SIZE = 1000;
/** Fewer leave nothing to estimate from. */
const LEAST_EXAMPLES = 10;

/** Σ of (x·y / d + 1)³ over all pairs, those of a row with itself left out where `isSame`. */
async function kernelSum(
  a: FloatMatrix,
  b: FloatMatrix,
  multiply: Multiply,
  isSame: boolean,
): Promise<number> {
  const { data, rows, columns } = await multiply(a, b, { isTransposed: true });
  let sum = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      if (isSame && i === j) continue;
      const base = (data[i * columns + j] ?? 0) / a.columns + 1;
      // Several times as quick as a power.
      sum += base * base * base;
    }
  return sum;
}

/** The unbiased estimate of MMD² (Gretton et al. 2012, equation 3) with the cubic kernel of Bińkowski et al. 2018. */
export async function polynomialDiscrepancy(
  a: FloatMatrix,
  b: FloatMatrix,
  multiply: Multiply,
): Promise<number> {
  const [m, n] = [a.rows, b.rows];
  const within =
    (await kernelSum(a, a, multiply, true)) / (m * (m - 1)) +
    (await kernelSum(b, b, multiply, true)) / (n * (n - 1));
  return within - (2 * (await kernelSum(a, b, multiply, false))) / (m * n);
}

/** Mean over random subsets of at most 1000 of each side, and the standard error of that mean. */
export async function kernelDistance(
  a: FloatMatrix,
  b: FloatMatrix,
  multiply: Multiply,
  random: Random,
): Promise<{ readonly value: number; readonly standardError: number; readonly subsetSize: number }> {
  const subsetSize = Math.min(SUBSET_SIZE, Math.floor(a.rows / 2), Math.floor(b.rows / 2));
  const values: number[] = [];
  for (let i = 0; i < SUBSETS; i++) {
    const pick = ({ rows }: FloatMatrix): Uint32Array => random.permutation(rows).subarray(0, subsetSize);
    values.push(await polynomialDiscrepancy(selectRows(a, pick(a)), selectRows(b, pick(b)), multiply));
  }
  const value = values.reduce((sum, one) => sum + one, 0) / SUBSETS;
  const variance = values.reduce((sum, one) => sum + (one - value) ** 2, 0) / (SUBSETS - 1);
  return { value, standardError: Math.sqrt(variance / SUBSETS), subsetSize };
}

export const kid: Metric = {
  name: 'kid',
  title: 'KID',
  description:
    'Kernel distance between the features of real and generated examples, unbiased also where samples are few, with its standard error over random subsets.',
  paper: 'Bińkowski et al. 2018, "Demystifying MMD GANs", section 4',
  needs: ['features'],
  unsuitable: ({ features }) =>
    features === undefined || Math.min(features.reference.rows, features.generated.rows) >= LEAST_EXAMPLES
      ? undefined
      : `fewer than ${LEAST_EXAMPLES} examples leave nothing to estimate from`,
  cost: ({ generated, reference, features }) => {
    const pairs = 3 * SUBSETS * Math.min(SUBSET_SIZE, generated / 2, reference / 2) ** 2;
    return { products: pairs * features, operations: 3 * pairs };
  },
  async score({ features, multiply, random }) {
    const { reference, generated } = required(features, 'kid', 'features');
    const { value, standardError, subsetSize } = await kernelDistance(reference, generated, multiply, random);
    return [{ name: 'kid', value, details: { standardError, subsets: SUBSETS, subsetSize } }];
  },
};
