import { describe, expect, it } from 'vitest';
import type { ConvolutionAxis } from '../../trace/kernels/convolutions';
import { axisMatrices } from './axis-matrices';
import { MAX_POINTS, type Matrix, toomCook } from './toom-cook';

function times(matrix: Matrix, vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, value, i) => sum + value * (vector[i] ?? 0), 0));
}

function worstDifference(a: readonly number[], b: readonly number[]): number {
  expect(a).toHaveLength(b.length);
  return Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? Number.NaN))));
}

/** Values in (-1, 1) without a pattern. */
function values(count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.sin(7.3 * i * i + 1.7 * i + 0.4));
}

const algorithms = [2, 3, 4, 5, 6].flatMap((outputs) =>
  [1, 2, 3, 4, 5]
    .map((taps) => ({ outputs, taps }))
    .filter((size) => size.outputs + size.taps - 1 <= MAX_POINTS),
);

describe('the algorithm of Toom and Cook', () => {
  it.each(algorithms)('correlates $outputs outputs of $taps taps', ({ outputs, taps }) => {
    const { data, filter, inverse } = toomCook(outputs, taps);
    const input = values(outputs + taps - 1);
    const weights = values(taps);
    const points = times(data, input).map((value, i) => value * (times(filter, weights)[i] ?? 0));
    const expected = Array.from({ length: outputs }, (_, o) =>
      weights.reduce((sum, weight, k) => sum + weight * (input[o + k] ?? 0), 0),
    );
    expect(worstDifference(times(inverse, points), expected)).toBeLessThan(1e-12);
  });

  it('refuses more points than single precision allows', () => {
    expect(() => toomCook(6, 4)).toThrow(RangeError);
  });
});

const axes: readonly (ConvolutionAxis & { readonly size: number })[] = [
  { input: 7, output: 7, taps: 5, stride: 1, padding: 2, size: 4 },
  { input: 14, output: 7, taps: 5, stride: 2, padding: 1, size: 4 },
  { input: 32, output: 16, taps: 4, stride: 2, padding: 1, size: 2 },
  { input: 9, output: 7, taps: 3, stride: 1, padding: 0, size: 3 },
  { input: 11, output: 4, taps: 4, stride: 3, padding: 1, size: 2 },
  { input: 5, output: 3, taps: 1, stride: 2, padding: 0, size: 2 },
  { input: 3, output: 3, taps: 3, stride: 1, padding: 1, size: 6 },
];

describe('one axis of a convolution', () => {
  it.each(axes)('$input -> $output with $taps taps, stride $stride, in tiles of $size', (axis) => {
    const { points, tiles, data, filter, inverse } = axisMatrices(axis, axis.size);
    const input = values(axis.input);
    const weights = values(axis.taps);
    const evaluated = times(filter, weights);
    expect(evaluated).toHaveLength(points);
    const products = times(data, input).map((value, i) => value * (evaluated[Math.floor(i / tiles)] ?? 0));
    const expected = Array.from({ length: axis.output }, (_, o) =>
      weights.reduce((sum, weight, k) => sum + weight * (input[o * axis.stride + k - axis.padding] ?? 0), 0),
    );
    expect(worstDifference(times(inverse, products), expected)).toBeLessThan(1e-12);
  });
});
