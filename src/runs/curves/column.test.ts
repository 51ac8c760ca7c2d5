import { expect, it } from 'vitest';
import { Column } from './column';

/** Reference result from a scan of all values. */
function scan(values: readonly number[]): { mean: number; min: number; max: number } {
  const present = values.filter((value) => !Number.isNaN(value));
  if (present.length === 0) return { mean: Number.NaN, min: Number.NaN, max: Number.NaN };
  const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
  return { mean, min: Math.min(...present), max: Math.max(...present) };
}

it('sums up any aligned stretch as a scan of its values does, while it grows', () => {
  const column = new Column();
  const values: number[] = [];
  for (const length of [1, 15, 16, 17, 300, 4095, 4097, 9001]) {
    for (let index = values.length; index < length; index++) {
      // Integers, whose sums are exact; with gaps of single values and of whole blocks.
      const value = index % 7 === 0 || (index >= 512 && index < 800) ? Number.NaN : (index * 31) % 101;
      values.push(value);
      if (!Number.isNaN(value)) column.set(index, value);
    }
    column.sumUp(length);
    for (const size of [1, 2, 8, 16, 64, 256, 512, 4096, 16384])
      for (let begin = 0; begin < length; begin += size * Math.ceil(length / size / 5)) {
        const end = Math.min(length, begin + size);
        const expected = scan(values.slice(begin, end));
        expect(column.summary(begin, end, size), `${begin}+${size} of ${length}`).toEqual(expected);
      }
  }
});
