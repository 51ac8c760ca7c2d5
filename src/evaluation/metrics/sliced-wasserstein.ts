/** Sliced Wasserstein distance between the examples themselves, which needs no feature network. */
import type { Random } from '../../random/random';
import type { HostTensor } from '../../shared/host-tensor';
import { sizeOf } from '../../shared/host-tensor';
import type { FloatMatrix, Multiply } from '../algebra/matrix';
import { floatMatrix } from '../algebra/matrix';
import type { Metric } from '../metric';

const DIRECTIONS = 128;
/** Examples projected at a time. */
const ROWS_AT_ONCE = 64;

/** Unit vectors `[directions, dimensions]`, uniform over the sphere. */
function unitDirections(directions: number, dimensions: number, random: Random): FloatMatrix {
  const result = floatMatrix(directions, dimensions);
  for (let i = 0; i < directions; i++) {
    const row = result.data.subarray(i * dimensions, (i + 1) * dimensions);
    for (let j = 0; j < dimensions; j++) row[j] = random.normal();
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    for (let j = 0; j < dimensions; j++) row[j] = (row[j] ?? 0) / norm;
  }
  return result;
}

/**
 * First Wasserstein distance between two sorted samples of any sizes: the area between their distribution functions.
 */
export function wassersteinOfSorted(a: Float64Array, b: Float64Array): number {
  let [i, j, area, level] = [0, 0, 0, 0];
  while (i < a.length && j < b.length) {
    const next = Math.min((i + 1) / a.length, (j + 1) / b.length);
    area += (next - level) * Math.abs((a[i] ?? 0) - (b[j] ?? 0));
    level = next;
    // Compared as integers: equal shares must advance both.
    const order = (i + 1) * b.length - (j + 1) * a.length;
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return area;
}

/**
 * Projects examples `[count, ...example]` onto each direction, `[directions, count]`. Only a part of them is converted
 * to double precision at a time: a thousand larger images would take gigabytes.
 */
export async function projected(
  { shape, data }: HostTensor,
  directions: FloatMatrix,
  multiply: Multiply,
): Promise<FloatMatrix> {
  const [count = 0, ...rest] = shape;
  const width = sizeOf(rest);
  const result = floatMatrix(directions.rows, count);
  for (let begin = 0; begin < count; begin += ROWS_AT_ONCE) {
    const rows = Math.min(ROWS_AT_ONCE, count - begin);
    const part = floatMatrix(rows, width, data.subarray(begin * width, (begin + rows) * width));
    const along = await multiply(directions, part, { isTransposed: true });
    for (let i = 0; i < directions.rows; i++)
      result.data.set(along.data.subarray(i * rows, (i + 1) * rows), i * count + begin);
  }
  return result;
}

/**
 * Mean over the directions of the distance between the projections `[directions, count]` (Bonneel et al. 2015, equation
 * 3 with p = 1).
 */
export function slicedDistance(a: FloatMatrix, b: FloatMatrix): number {
  let sum = 0;
  for (let i = 0; i < a.rows; i++)
    sum += wassersteinOfSorted(
      a.data.subarray(i * a.columns, (i + 1) * a.columns).toSorted(),
      b.data.subarray(i * b.columns, (i + 1) * b.columns).toSorted(),
    );
  return sum / a.rows;
}

export const slicedWasserstein: Metric = {
  name: 'slicedWasserstein',
  title: 'Sliced Wasserstein distance',
  description:
    'Mean Wasserstein-1 distance between real and generated examples (pixels or point coordinates) projected onto random directions. Needs no feature network; sensitive to colours and layout rather than fine detail.',
  paper: 'Bonneel et al. 2015, "Sliced and Radon Wasserstein Barycenters", section 3',
  needs: [],
  cost({ generated, reference, values }) {
    const projections = DIRECTIONS * (generated + reference);
    return {
      products: projections * values,
      operations: 4 * projections * Math.log2(generated + reference),
    };
  },
  async score({ reference, generated, multiply, random }) {
    const directions = unitDirections(DIRECTIONS, sizeOf(reference.shape.slice(1)), random);
    const value = slicedDistance(
      await projected(reference, directions, multiply),
      await projected(generated, directions, multiply),
    );
    return [{ name: 'slicedWasserstein', value, details: { directions: DIRECTIONS } }];
  },
};
