import { expect, it } from 'vitest';
import { lineOf, noteOf, tagsOf } from './label-text';

it('takes each tag once, with or without its sign', () => {
  expect(tagsOf(' paper, #paper,## best so far ,, #')).toEqual(['paper', 'best so far']);
  expect(tagsOf('')).toEqual([]);
});

it('keeps the lines of a note through a box with one line', () => {
  expect(lineOf('β₁ = 0.5\r\n\nagain')).toBe('β₁ = 0.5⏎⏎again');
  expect(noteOf(lineOf('first\nsecond\n\nthird'))).toBe('first\nsecond\n\nthird');
  expect(noteOf('  ⏎ ')).toBe('');
});
