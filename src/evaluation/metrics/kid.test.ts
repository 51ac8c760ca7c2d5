import { describe, expect, it } from 'vitest';
import { Random } from '../../random/random';
import { type FloatMatrix, floatMatrix, multiplyPlainly, selectRows } from '../algebra/matrix';
import { kernelDistance, polynomialDiscrepancy } from './kid';

const FEATURES = 3;

function drawn(rows: number, shift: number, random: Random): FloatMatrix {
  const values = random.fillNormal(new Float32Array(rows * FEATURES));
  return floatMatrix(
    rows,
    FEATURES,
    values.map((value) => value + shift),
  );
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Values and standard errors of many independently drawn pairs of sets. */
async function redrawn(rows: readonly [number, number], shift: number, draws: number) {
  const random = Random.seeded(1, 'draws');
  const values: number[] = [];
  const errors: number[] = [];
  for (let i = 0; i < draws; i++) {
    const [a, b] = [drawn(rows[0], 0, random), drawn(rows[1], shift, random)];
    const { value, standardError } = await kernelDistance(a, b, multiplyPlainly, random);
    values.push(value);
    errors.push(standardError);
  }
  const mean = meanOf(values);
  const deviation = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
  return { mean, deviation, error: meanOf(errors) };
}

describe('the standard error of KID', () => {
  it('is how far values of sets that are drawn anew lie apart', async () => {
    const { deviation, error } = await redrawn([60, 40], 0.5, 300);
    expect(error / deviation).toBeGreaterThan(0.85);
    expect(error / deviation).toBeLessThan(1.2);
  });

  it('is rather too large than too small where there is no difference, and the value 0 in the mean', async () => {
    const { mean, deviation, error } = await redrawn([60, 60], 0, 300);
    expect(error / deviation).toBeGreaterThan(1);
    expect(error / deviation).toBeLessThan(1.8);
    expect(Math.abs(mean)).toBeLessThan((3 * deviation) / Math.sqrt(300));
  });

  it('is the variance of leaving out each example by hand', async () => {
    const random = Random.seeded(2, 'rows');
    const [a, b] = [drawn(6, 0, random), drawn(5, 1, random)];
    const without = (matrix: FloatMatrix, left: number): FloatMatrix =>
      selectRows(
        matrix,
        Array.from({ length: matrix.rows }, (_, i) => i).filter((i) => i !== left),
      );
    const spreadOf = (values: readonly number[]): number =>
      ((values.length - 1) / values.length) *
      values.reduce((sum, value) => sum + (value - meanOf(values)) ** 2, 0);
    const discrepancy = async (x: FloatMatrix, y: FloatMatrix): Promise<number> =>
      (await polynomialDiscrepancy(x, y, multiplyPlainly)).value;
    const ofA = await Promise.all(Array.from({ length: 6 }, (_, i) => discrepancy(without(a, i), b)));
    const ofB = await Promise.all(Array.from({ length: 5 }, (_, i) => discrepancy(a, without(b, i))));
    const { variance } = await polynomialDiscrepancy(a, b, multiplyPlainly);
    expect(variance).toBeCloseTo(spreadOf(ofA) + spreadOf(ofB), 10);
  });
});

it('goes over many examples in blocks, each of them once', async () => {
  const random = Random.seeded(3, 'rows');
  const [a, b] = [drawn(2500, 0, random), drawn(1000, 0.2, random)];
  const whole = await polynomialDiscrepancy(a, b, multiplyPlainly);
  const { value, standardError, blocks } = await kernelDistance(a, b, multiplyPlainly, random);
  expect(blocks).toBe(2);
  expect(Math.abs(value - whole.value)).toBeLessThan(Math.sqrt(whole.variance));
  expect(standardError / Math.sqrt(whole.variance)).toBeGreaterThan(0.8);
  expect(standardError / Math.sqrt(whole.variance)).toBeLessThan(1.25);
});
