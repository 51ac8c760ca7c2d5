import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { expect, it } from 'vitest';
import { Random } from '../../random/random';
import type { FloatMatrix } from './matrix';
import { floatMatrix, multiplyPlainly, transpose } from './matrix';
import { choleskyOf, eigenvaluesOf } from './symmetric';

const SIZE = 24;

/** Covariance of this many random vectors, whose number is its rank if it is less than the size. */
async function covariance(vectors: number): Promise<FloatMatrix> {
  const random = Random.seeded(3, 'symmetric');
  const rows = floatMatrix(
    vectors,
    SIZE,
    Array.from({ length: vectors * SIZE }, () => random.normal()),
  );
  return await multiplyPlainly(transpose(rows), rows);
}

function expectAlike(found: ArrayLike<number>, wanted: ArrayLike<number>): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) expect(found[i]).toBeCloseTo(wanted[i] ?? Number.NaN, 9);
}

it.each([40, SIZE, 7])('finds root and eigenvalues of the covariance of %i vectors', async (vectors) => {
  const matrix = await covariance(vectors);
  const lower = await choleskyOf(matrix);
  expectAlike((await multiplyPlainly(lower, lower, { isTransposed: true })).data, matrix.data);
  const { realEigenvalues } = new EigenvalueDecomposition(Matrix.from1DArray(SIZE, SIZE, matrix.data), {
    assumeSymmetric: true,
  });
  expectAlike(
    (await eigenvaluesOf(matrix)).toSorted(),
    realEigenvalues.toSorted((a, b) => a - b),
  );
});

it('finds negative eigenvalues, and those that stand on the diagonal', async () => {
  expectAlike((await eigenvaluesOf(floatMatrix(2, 2, [0, 2, 2, 0]))).toSorted(), [-2, 2]);
  expectAlike((await eigenvaluesOf(floatMatrix(3, 3, [3, 0, 0, 0, -1, 0, 0, 0, 0]))).toSorted(), [-1, 0, 3]);
  expectAlike(await eigenvaluesOf(floatMatrix(1, 1, [5])), [5]);
});

it.each([1e-3, 1e-9, 1e-25])(
  'finds them where most are rounding: each feature %f of the one before',
  async (ratio) => {
    const random = Random.seeded(4, 'symmetric');
    const rows = floatMatrix(
      200,
      SIZE,
      Array.from({ length: 200 * SIZE }, (_, i) => random.normal() * Math.max(1e-60, ratio ** (i % SIZE))),
    );
    const matrix = await multiplyPlainly(transpose(rows), rows);
    const found = (await eigenvaluesOf(matrix)).toSorted();
    const trace = Array.from({ length: SIZE }, (_, i) => matrix.data[i * SIZE + i] ?? 0);
    expectAlike(
      [found.reduce((sum, value) => sum + value, 0)],
      [trace.reduce((sum, value) => sum + value, 0)],
    );
    expect(found[0]).toBeGreaterThan(-1e-9);
  },
);

it('takes no root of features that never change', async () => {
  expectAlike(
    (await choleskyOf(floatMatrix(3, 3, [4, 0, 2, 0, 0, 0, 2, 0, 5]))).data,
    [2, 0, 0, 0, 0, 0, 1, 0, 2],
  );
});

it('is given up when nobody wants it any more', async () => {
  const cancelled = AbortSignal.abort(new Error('not wanted'));
  const matrix = await covariance(SIZE);
  await expect(choleskyOf(matrix, cancelled)).rejects.toThrow('not wanted');
  await expect(eigenvaluesOf(matrix, cancelled)).rejects.toThrow('not wanted');
});
