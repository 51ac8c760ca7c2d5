import { join, resolve, sep } from 'node:path';
import { expect, it } from 'vitest';
import { distinctFolders } from './distinct-folders';

const root = resolve(sep, 'w');

it('names the folder of those alone that share a name', () => {
  const places = ['cats/train', 'dogs/train', 'birds'].map((place) => join(root, place));
  expect(distinctFolders(places)).toEqual(['cats', 'dogs', '']);
});

it('goes up as far as they differ', () => {
  const places = ['cats/2025/train', 'dogs/2025/train', 'dogs/2026/train'].map((place) => join(root, place));
  expect(distinctFolders(places)).toEqual([join('cats', '2025'), join('dogs', '2025'), '2026']);
});

it('tells a folder from one further up', () => {
  const [inner, outer] = [join(root, 'a', 'train'), join(root, 'train')];
  expect(distinctFolders([inner, outer])).toEqual(['a', 'w']);
});

it('leaves out what is the same place twice', () => {
  const place = join(root, 'pictures');
  expect(distinctFolders([place, place])).toEqual(['', '']);
});
