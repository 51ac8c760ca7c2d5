import { expect, it } from 'vitest';
import { keptColumns, runsTableMessage } from './page-messages';

it.each([
  [{ type: 'ready' }],
  [{ type: 'openRun', folder: '/w/gan-runs/00001-ring' }],
  [{ type: 'compare', folders: ['/a', '/b'] }],
  [{ type: 'chooseColumns', columns: [{ id: 'step', title: 'Step' }] }],
  [{ type: 'orderColumns', order: ['step'] }],
  [{ type: 'joinSeeds', joinsSeeds: false }],
  [
    {
      type: 'exportTable',
      rows: [
        ['Run', 'Step'],
        ['a', 3],
        ['b', null],
      ],
    },
  ],
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
  [{ type: 'exportTable', rows: [['a', true]] }],
])('refuses %o', (message) => {
  expect(runsTableMessage.safeParse(message).success).toBe(false);
});

it('takes of what was kept what it knows', () => {
  const usual = { hidden: ['images'], config: [], order: [], joinsSeeds: true };
  // As an earlier version kept it.
  expect(keptColumns({ hidden: ['step', 3], config: ['seed'] })).toEqual({
    ...usual,
    hidden: ['step'],
    config: ['seed'],
  });
  const chosen = { hidden: [], config: ['seed'], order: ['fid', 'step'], joinsSeeds: false };
  expect(keptColumns(chosen)).toEqual(chosen);
  expect(keptColumns(undefined)).toEqual(usual);
  expect(keptColumns('all')).toEqual(usual);
});
