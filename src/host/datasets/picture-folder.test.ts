import { posix, win32 } from 'node:path';
import { expect, it } from 'vitest';
import { pictureFolder } from './picture-folder';

it.each([
  ['/work', '/work/cats', 'cats'],
  ['/work', '/work', '.'],
  ['/work', '/work/..cats', '..cats'],
  ['/work', '/work/a\\b', 'a\\b'],
  ['/work', '/elsewhere/cats', '/elsewhere/cats'],
])('%s names %s as %s', (workspace, pictures, named) => {
  expect(pictureFolder(workspace, pictures, posix)).toBe(named);
});

it('has forward slashes on Windows too, and other drives whole', () => {
  expect(pictureFolder('C:\\work', 'C:\\work\\my\\cats', win32)).toBe('my/cats');
  expect(pictureFolder('C:\\work', 'D:\\cats', win32)).toBe('D:/cats');
});
