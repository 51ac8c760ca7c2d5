/** Sliced Wasserstein distance between the examples themselves: what needs no feature network at all. */
import type { Random } from '../../random/random';
import type { HostTensor } from '../../shared/host-tensor';
import { sizeOf } from '../../shared/host-tensor';
import type { FloatMatrix, Multiply } from '../algebra/matrix';
import { floatMatrix } from '../algebra/matrix';
import type { Metric } from '../metric';

const DIRECTIONS = 128;

/** Unit vectors `[directions, dimensions]`, even over the sphere. */
export function unitDirections(directions: number, dimensions: number, random: Random): FloatMatrix {
  const result = floatMatrix(directions, dimensions);
  for (let i = 0; i < directions; i++) {
    const row = result.data.subarray(i * dimensions, (i + 1) * dimensions);
    for (let j = 0; j < dimensions; j++) row[j] = random.normal();
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    for (let j = 0; j < dimensions; j++) row[j] = (row[j] ?? 0) / norm;
  }
  return result;
}

/** First Wasserstein distance of two sorted samples of any sizes: the area between their distribution functions. */
export function wassersteinOfSorted(a: Float64Array, b: Float64Array): number {
  let [i, j, area, level] = [0, 0, 0, 0];
  while (i < a.length && j < b.length) {
    const next = Math.min((i + 1) / a.length, (j + 1) / b.length);
    area += (next - level) * Math.abs((a[i] ?? 0) - (b[j] ?? 0));
    level = next;
    // Compared as whole numbers: shares that are equal must move both.
    const order = (i + 1) * b.length - (j + 1) * a.length;
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return area;
}

/** Mean over the directions `[n, dimensions]` of the distance between the projections (Bonneel et al. 2015, equation 3 with p = 1). */
export async function slicedDistance(
  a: FloatMatrix,
  b: FloatMatrix,
  directions: FloatMatrix,
  multiply: Multiply,
): Promise<number> {
  const [left, right] = [
    await multiply(directions, a, { isTransposed: true }),
    await multiply(directions, b, { isTransposed: true }),
  ];
  let sum = 0;
  for (let i = 0; i < directions.rows; i++)
    sum += wassersteinOfSorted(
      left.data.subarray(i * a.rows, (i + 1) * a.rows).toSorted(),
      right.data.subarray(i * b.rows, (i + 1) * b.rows).toSorted(),
    );
  return sum / directions.rows;
}

function flat({ shape, data }: HostTensor): FloatMatrix {
  const [count = 0, ...rest] = shape;
  return floatMatrix(count, sizeOf(rest), data);
}

export const slicedWasserstein: Metric = {
  name: 'slicedWasserstein',
  title: 'Sliced Wasserstein distance',
  description:
    'Mean Wasserstein-1 distance between real and generated examples (pixels, or coordinates of points) projected onto random directions. Needs no network; sees colours and layout rather than fine detail.',
  paper: 'Bonneel et al. 2015, "Sliced and Radon Wasserstein Barycenters", section 3',
  needs: [],
  cost({ generated, reference, values }) {
    const projected = DIRECTIONS * (generated + reference);
    return { products: projected * values, operations: 4 * projected * Math.log2(generated + reference) };
  },
  async score({ reference, generated, multiply, random }) {
    const [a, b] = [flat(reference), flat(generated)];
    const directions = unitDirections(DIRECTIONS, a.columns, random);
    const value = await slicedDistance(a, b, directions, multiply);
    return [{ name: 'slicedWasserstein', value, details: { directions: DIRECTIONS } }];
  },
};
