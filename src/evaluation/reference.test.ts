/**
 * Checks the mathematics of the scores against NumPy, SciPy and scikit-image: `bench/evaluation/reference.py` prints
 * the values.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { float32 } from '../shared/host-tensor';
import { binomialLowerTail } from './algebra/binomial';
import type { FloatMatrix, Multiply } from './algebra/matrix';
import { floatMatrix, multiplyPlainly } from './algebra/matrix';
import { openNativeMultiply } from './algebra/native-multiply';
import { gaussianOf } from './algebra/statistics';
import { frechetDistance } from './metrics/fid';
import { inceptionScoreOf } from './metrics/inception-score';
import { jensenShannonDivergence } from './metrics/jensen-shannon';
import { polynomialDiscrepancy } from './metrics/kid';
import { compareNeighbourhoods } from './metrics/neighbourhoods';
import { peakSignalToNoise } from './metrics/psnr';
import { projected, slicedDistance } from './metrics/sliced-wasserstein';
import { structuralSimilarity } from './metrics/ssim';
import { wassersteinDistances } from './metrics/wasserstein';

/** The same values as in the script. */
function values(count: number, width: number, seed: number): FloatMatrix {
  const matrix = floatMatrix(count, width);
  for (let i = 0; i < count; i++) {
    const noise = Array.from({ length: width }, (_, j) => {
      const wave = Math.sin(i * 12.9898 + j * 78.233 + seed * 37.719) * 43758.5453;
      return wave - Math.floor(wave);
    });
    noise.forEach((value, j) => {
      matrix.data[i * width + j] = value * (1 + j / width) + 0.5 * (noise[0] ?? 0) + 0.1 * seed;
    });
  }
  return matrix;
}

function normalised(matrix: FloatMatrix, norm: (row: Float64Array) => number): FloatMatrix {
  const result = floatMatrix(matrix.rows, matrix.columns, matrix.data);
  for (let i = 0; i < matrix.rows; i++) {
    const row = result.data.subarray(i * matrix.columns, (i + 1) * matrix.columns);
    const size = norm(row);
    for (let j = 0; j < row.length; j++) row[j] = (row[j] ?? 0) / size;
  }
  return result;
}

function mapped(matrix: FloatMatrix, change: (value: number) => number): FloatMatrix {
  return { ...matrix, data: matrix.data.map(change) };
}

const real = values(60, 8, 1);
const fake = values(45, 8, 2);

function expectClose(value: number, expected: number): void {
  expect(Math.abs(value / expected - 1)).toBeLessThan(1e-4);
}

let native: Awaited<ReturnType<typeof openNativeMultiply>>;
beforeAll(async () => {
  native = await openNativeMultiply(1);
});
afterAll(() => native.close());

const machines: readonly (readonly [string, Multiply])[] = [
  ['in JavaScript', multiplyPlainly],
  ['by the native runtime', (a, b, options) => native.multiply(a, b, options)],
];

describe.each(machines)('with products %s', (_, multiply) => {
  it('computes the Fréchet distance', async () => {
    expectClose(
      await frechetDistance(await gaussianOf(real, multiply), await gaussianOf(fake, multiply), multiply),
      0.238073272107,
    );
  });

  it('computes the polynomial discrepancy', async () => {
    expectClose((await polynomialDiscrepancy(real, fake, multiply)).value, 0.325834754303);
  });

  it('finds neighbourhoods', async () => {
    const { precision, recall, density, coverage } = await compareNeighbourhoods(real, fake, multiply);
    expectClose(precision, 0.977777777778);
    expectClose(recall, 0.95);
    expectClose(density, 1.21777777778);
    expectClose(coverage, 0.95);
  });

  it('computes the sliced distance of samples of unequal size', async () => {
    const directions = normalised(
      mapped(values(6, 8, 4), (value) => value - 0.7),
      (row) => Math.hypot(...row),
    );
    const along = ({ rows, columns, data }: FloatMatrix) =>
      projected(float32([rows, columns], Float32Array.from(data)), directions, multiply);
    expectClose(slicedDistance(await along(real), await along(fake)), 0.319183386021);
  });
});

it('computes distances and divergences of points', () => {
  const points = (seed: number) => float32([120, 2], Float32Array.from(values(120, 2, seed).data));
  const { first, second } = wassersteinDistances(points(1), points(2), 120);
  expectClose(first, 0.14205662757);
  expectClose(second, 0.162704340323);
  const shares = values(2, 30, 3);
  expectClose(
    jensenShannonDivergence(shares.data.subarray(0, 30), shares.data.subarray(30)),
    0.0431075996483,
  );
});

it('computes the inception score', () => {
  const squares = mapped(values(20, 5, 3), (value) => value ** 2);
  const probabilities = normalised(squares, (row) => row.reduce((sum, value) => sum + value, 0));
  expectClose(inceptionScoreOf(probabilities), 1.17039094164);
});

it('compares images', () => {
  const [x, y] = [5, 6].map((seed) =>
    float32(
      [2, 16, 14, 3],
      Float32Array.from(values(2, 16 * 14 * 3, seed).data, (value) =>
        Math.min(1, Math.max(-1, value / 2 - 0.5)),
      ),
    ),
  );
  if (x === undefined || y === undefined) throw new Error('no images');
  const between = float32(
    x.shape,
    Float32Array.from(x.data, (value, i) => (value + (y.data[i] ?? 0)) / 2),
  );
  expectClose(peakSignalToNoise(x, between), 21.9636142473);
  expectClose(structuralSimilarity(x, between), 0.654868699985);
});

it('computes the tail of the binomial distribution', () => {
  expectClose(binomialLowerTail(1040, 2000, 0.55), 0.00378781910024);
});
