import { expect, it } from 'vitest';
import { smooth } from './smoothing';

it('begins at the first value and leaves a constant alone', () => {
  expect(smooth([3, 3, 3], 0.9)).toEqual([3, 3, 3].map((value) => expect.closeTo(value, 12)));
});

it('weighs what came before', () => {
  expect(smooth([0, 1], 0.5)).toEqual([0, expect.closeTo(2 / 3, 12)]);
});

it('does nothing at weight 0 and keeps gaps', () => {
  expect(smooth([1, Number.NaN, 4], 0)).toEqual([1, null, 4]);
});
