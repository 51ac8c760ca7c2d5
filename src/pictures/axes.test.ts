import { expect, it } from 'vitest';
import { alike } from './axes';

it('labels an axis with equally many decimals', () => {
  expect(alike([0, 0.5, 1])).toEqual(['0.0', '0.5', '1.0']);
  expect(alike([0, 0.25, 0.5])).toEqual(['0.00', '0.25', '0.50']);
  expect(alike([0, 100, 200])).toEqual(['0', '100', '200']);
  expect(alike([0, 1e-7])).toEqual(['0', '1e-7']);
  expect(alike([])).toEqual([]);
});
