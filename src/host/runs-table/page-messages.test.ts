import { expect, it } from 'vitest';
import { keptColumns, runsTableMessage } from './page-messages';

it.each([
  [{ type: 'ready' }],
  [{ type: 'openRun', folder: '/w/gan-runs/00001-ring' }],
  [{ type: 'compare', folders: ['/a', '/b'] }],
  [{ type: 'chooseColumns', columns: [{ id: 'step', title: 'Step' }] }],
])('takes %o', (message) => {
  expect(runsTableMessage.parse(message)).toEqual(message);
});

it.each([
  [undefined],
  [null],
  ['ready'],
  [{ type: 'delete', folder: '/a' }],
  [{ type: 'openRun', folder: 3 }],
  [{ type: 'compare', folders: ['/a', 3] }],
  [{ type: 'chooseColumns', columns: [{ id: 'step' }] }],
])('refuses %o', (message) => {
  expect(runsTableMessage.safeParse(message).success).toBe(false);
});

it('takes of what was kept what it knows', () => {
  expect(keptColumns({ hidden: ['step', 3], config: ['seed'] })).toEqual({
    hidden: ['step'],
    config: ['seed'],
  });
  expect(keptColumns(undefined)).toEqual({ hidden: [], config: [] });
  expect(keptColumns('all')).toEqual({ hidden: [], config: [] });
});
