import { describe, expect, it } from 'vitest';
import { DataError } from '../data-error';
import type { NumpyArray } from '../images/npy';
import { byteScale } from './numpy-scale';

/** An array of images of two pixels each. */
function arrayOf(kind: NumpyArray['kind'], ...values: readonly number[]): NumpyArray {
  return {
    kind,
    shape: [values.length / 2, 1, 2],
    values: async (begin, count) => Float64Array.from(values.slice(begin, begin + count)),
  };
}

async function bytesOf(kind: NumpyArray['kind'], ...values: readonly number[]): Promise<number[]> {
  return values.map(await byteScale(arrayOf(kind, ...values), 'a.npy'));
}

describe('bytes of an array', () => {
  it.each([
    ['floats of 0 to 1', 'f4', [0, 0.5, 1, 0], [0, 128, 255, 0]],
    ['floats slightly above 1', 'f4', [0, 0.5, 1.0001, 0], [0, 128, 255, 0]],
    ['floats slightly below 0', 'f8', [-0.001, 0.5, 1, 0], [0, 128, 255, 0]],
    ['floats of -1 to 1', 'f4', [-1, 0, 1, 0.5], [0, 128, 255, 191]],
    ['floats slightly outside of -1 to 1', 'f4', [-1.005, 0, 1.005, 0.5], [0, 128, 255, 191]],
    ['floats of 0 to 255', 'f4', [0, 127.6, 255, 3], [0, 128, 255, 3]],
    ['16-bit integers that fit', 'u2', [0, 255, 7, 8], [0, 255, 7, 8]],
    ['truth values', 'b1', [0, 1, 1, 0], [0, 255, 255, 0]],
  ] as const)('%s', async (_what, kind, values, bytes) => {
    expect(await bytesOf(kind, ...values)).toEqual(bytes);
  });

  it.each([
    ['NaN', 'f4', [0, 0, 0, Number.NaN], 'Image 1 of a.npy has the value NaN.'],
    ['infinity', 'f8', [0, Number.POSITIVE_INFINITY, 0, 0], 'Image 0 of a.npy has the value Infinity.'],
    ['16-bit integers above 255', 'u2', [0, 0, 0, 0, 256, 0], 'Image 2 of a.npy has the value 256.'],
    ['integers below 0', 'i4', [0, -1], 'Image 0 of a.npy has the value -1.'],
    [
      'a bright outlier among floats of 0 to 1',
      'f4',
      [...Array.from({ length: 401 }, (_, i) => i / 400), 200],
      'Image 200 of a.npy has the value 200.',
    ],
    ['floats of no range', 'f4', [0, 1.5], 'a.npy has values from 0 to 1.5'],
    ['floats far below -1', 'f4', [-3, 3], 'a.npy has values from -3 to 3'],
  ] as const)('refuses %s by name', async (_what, kind, values, message) => {
    const bytes = bytesOf(kind, ...values);
    await expect(bytes).rejects.toThrow(DataError);
    await expect(bytes).rejects.toThrow(message);
  });
});
