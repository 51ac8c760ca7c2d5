import { expect, it } from 'vitest';
import { spreadOf } from './spread';

it('is the mean and the standard deviation of the sample', () => {
  // Squared distances from 5: 9, 1, 1, 1, 0, 0, 4, 16.
  const spread = spreadOf([2, 4, 4, 4, 5, 5, 7, 9]);
  expect(spread).toEqual({ mean: 5, deviation: expect.closeTo(Math.sqrt(32 / 7), 12), count: 8 });
});

it('ignores what is no number, and has no deviation of one value', () => {
  expect(spreadOf([undefined, 3, Number.NaN, null, Number.POSITIVE_INFINITY])).toEqual({
    mean: 3,
    deviation: undefined,
    count: 1,
  });
  expect(spreadOf([undefined])).toBeUndefined();
});
