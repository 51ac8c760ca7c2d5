import { describe, expect, it } from 'vitest';
import { isRamp, largestOf, valueAt } from './scalar';

const RAMP = { from: 2, to: 0.4, by: 'cosine', over: 0.5 } as const;

describe('a scalar that may change during training', () => {
  it('is the same throughout where it is a number', () => {
    expect([0, 0.5, 0.999].map((progress) => valueAt(3, progress))).toEqual([3, 3, 3]);
  });

  it('follows half a cosine from the first value to the last, and stays there', () => {
    // (1 + cos 60°) / 2 = 0.75 of the way is left at a third of the ramp.
    [2, 0.4 + 0.75 * 1.6, 1.2, 0.4, 0.4].forEach((expected, i) => {
      expect(valueAt(RAMP, [0, 0.5 / 3, 0.25, 0.5, 0.9][i] ?? 0)).toBeCloseTo(expected, 12);
    });
  });

  it('rises in a line', () => {
    const line = { from: 0, to: 8, by: 'linear', over: 1 } as const;
    expect([0, 0.25, 0.75].map((progress) => valueAt(line, progress))).toEqual([0, 2, 6]);
  });

  it('has a largest value', () => {
    expect([largestOf(RAMP), largestOf(0.1), largestOf({ ...RAMP, to: 5 })]).toEqual([2, 0.1, 5]);
  });

  it('is told from other values', () => {
    expect([RAMP, 2, 'adaptive', { halfLife: 3 }, undefined].map(isRamp)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
