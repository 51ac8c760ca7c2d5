import { expect, it } from 'vitest';
import { moved } from './reorder';

it('puts a column in the place of another', () => {
  expect(moved(['a', 'b', 'c', 'd'], 'a', 'c')).toEqual(['b', 'c', 'a', 'd']);
  expect(moved(['a', 'b', 'c', 'd'], 'd', 'b')).toEqual(['a', 'd', 'b', 'c']);
  expect(moved(['a', 'b'], 'a', 'b')).toEqual(['b', 'a']);
});

it('leaves the order alone if there is nothing to move', () => {
  expect(moved(['a', 'b'], 'a', 'a')).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 'a', 'gone')).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 'gone', 'a')).toEqual(['a', 'b']);
});
