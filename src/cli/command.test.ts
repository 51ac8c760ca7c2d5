import { expect, it } from 'vitest';
import { fractionOption, integerOption } from './command';

it.each([
  [0, 3, 'Pass a number, e.g. 3.'],
  [1, undefined, 'Pass a number, e.g. 8.'],
  [16, 4096, 'Pass a number, e.g. 16.'],
])('suggests a number that it takes: from %d to %d', (low, high, remedy) => {
  const parse = integerOption('--count', low, high);
  expect(() => parse('x')).toThrow(expect.objectContaining({ remedy }));
});

it('takes fractions, and says of other texts what it needs', () => {
  const parse = fractionOption('--truncation');
  expect([parse('0'), parse('0.7'), parse('1')]).toEqual([0, 0.7, 1]);
  for (const text of ['', 'x', '1.1', '-0.1'])
    expect(() => parse(text)).toThrow('but must be a number from 0 to 1.');
});
