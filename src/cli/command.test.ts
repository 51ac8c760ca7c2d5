import { expect, it } from 'vitest';
import { integerOption } from './command';

it.each([
  [0, 3, 'Pass a number, e.g. 3.'],
  [1, undefined, 'Pass a number, e.g. 8.'],
  [16, 4096, 'Pass a number, e.g. 16.'],
])('suggests a number that it takes: from %d to %d', (low, high, remedy) => {
  const parse = integerOption('--count', low, high);
  expect(() => parse('x')).toThrow(expect.objectContaining({ remedy }));
});
