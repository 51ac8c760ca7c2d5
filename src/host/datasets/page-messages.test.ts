import { expect, it } from 'vitest';
import { datasetPageMessage, fileInState } from './page-messages';

it.each([
  [{ type: 'ready' }],
  [{ type: 'again' }],
  [{ type: 'cancel' }],
  [{ type: 'trust' }],
  [{ type: 'start' }],
  [{ type: 'edit' }],
  [{ type: 'images', part: 'givenTrain', start: 0, count: 64 }],
  [{ type: 'fetch', name: 'emoji' }],
  [{ type: 'images', part: 'heldOut', start: 0, count: 64 }],
])('takes %o', (message) => {
  expect(datasetPageMessage.parse(message)).toEqual(message);
});

it.each([
  [undefined],
  ['ready'],
  [{ type: 'delete' }],
  [{ type: 'fetch', name: 3 }],
  [{ type: 'images', part: 'test', start: 0, count: 1 }],
  [{ type: 'images', part: 'train', start: -1, count: 1 }],
  [{ type: 'images', part: 'train', start: 0, count: 1.5 }],
])('refuses %o', (message) => {
  expect(datasetPageMessage.safeParse(message).success).toBe(false);
});

it('finds the experiment in what VS Code kept', () => {
  expect(fileInState({ experimentFile: '/a.gan.json' })).toBe('/a.gan.json');
  expect(fileInState({ experimentFile: 3 })).toBeUndefined();
  expect(fileInState(null)).toBeUndefined();
});
