/** Means and covariances, in double precision throughout. */
import type { FloatMatrix, Multiply } from './matrix';
import { floatMatrix, rowsOf, transpose } from './matrix';

/** Rows per product, which bounds the memory used. */
const ROWS_AT_ONCE = 1024;

export interface Gaussian {
  readonly count: number;
  readonly mean: Float64Array;
  /** Unbiased, `[features, features]`. */
  readonly covariance: FloatMatrix;
}

function meanOfRows({ rows, columns, data }: FloatMatrix): Float64Array {
  const mean = new Float64Array(columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) mean[j] = (mean[j] ?? 0) + (data[i * columns + j] ?? 0);
  return mean.map((sum) => sum / rows);
}

function lessMean({ rows, columns, data }: FloatMatrix, mean: Float64Array): FloatMatrix {
  const centred = floatMatrix(rows, columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++)
      centred.data[i * columns + j] = (data[i * columns + j] ?? 0) - (mean[j] ?? 0);
  return centred;
}

/** Fits a Gaussian to rows `[count, features]`; multiplies the deviations from the mean, which avoids cancellation. */
export async function gaussianOf(features: FloatMatrix, multiply: Multiply): Promise<Gaussian> {
  const { rows, columns } = features;
  const mean = meanOfRows(features);
  const covariance = floatMatrix(columns, columns);
  for (let begin = 0; begin < rows; begin += ROWS_AT_ONCE) {
    const part = lessMean(rowsOf(features, begin, begin + ROWS_AT_ONCE), mean);
    const { data } = await multiply(transpose(part), part);
    for (let i = 0; i < data.length; i++)
      covariance.data[i] = (covariance.data[i] ?? 0) + (data[i] ?? 0) / (rows - 1);
  }
  return { count: rows, mean, covariance };
}

export function traceOf({ rows, columns, data }: FloatMatrix): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += data[i * columns + i] ?? 0;
  return sum;
}
