import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { namedFolders } from './named-folders';

const absolute = resolve('/scratch/gan-runs');

it('takes relative folders to be in the workspace folder whose setting names them', () => {
  expect(namedFolders([absolute, '../cluster'], '/work/one')).toEqual([absolute, resolve('/work/cluster')]);
});

it('takes absolute folders alone where no folder is open', () => {
  expect(namedFolders([absolute, 'cluster'], undefined)).toEqual([absolute]);
});

it.each([
  ['a text', 'runs'],
  ['nothing', undefined],
  ['other things and empty texts', [7, '', ' ', null]],
])('takes nothing from %s', (_, setting) => {
  expect(namedFolders(setting, '/work/one')).toEqual([]);
});
