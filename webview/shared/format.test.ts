import { expect, it } from 'vitest';
import { formatCount, formatDuration, formatValue } from './format';

it('shortens values to what can be read at a glance', () => {
  expect([0, 0.123456, -1.5, 12.345, 1234.5, 2.5e-5, 3e7].map(formatValue)).toEqual([
    '0',
    '0.123',
    '-1.5',
    '12.3',
    '1,235',
    '2.50e-5',
    '3.00e+7',
  ]);
  expect([null, undefined, Number.NaN].map(formatValue)).toEqual(['–', '–', '–']);
});

it('writes durations as clocks do', () => {
  expect([0, 7.4, 59.6, 185, 7385].map(formatDuration)).toEqual(['0:00', '0:07', '1:00', '3:05', '2:03:05']);
});

it('groups counts', () => {
  expect(formatCount(1_000_000)).toBe('1,000,000');
});
