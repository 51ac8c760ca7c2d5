import { expect, it, vi } from 'vitest';

vi.mock('vscode', () => ({
  l10n: { t: (text: string) => text },
  QuickPickItemKind: { Separator: -1 },
  window: {},
}));

const { chosenColumns, columnItems } = await import('./choose-columns');

const offered = [
  { id: 'step', title: 'Step' },
  { id: 'fid', title: 'FID' },
];
const usual = { hidden: [], config: [], order: [], joinsSeeds: true };
const configs = [
  new Map([
    ['seed', '1'],
    ['objective', 'hinge'],
  ]),
  new Map([
    ['seed', '2'],
    ['objective', 'hinge'],
  ]),
];

it('offers columns, then settings with their values, those that differ first', () => {
  const items = columnItems(offered, configs, { ...usual, hidden: ['fid'], config: ['seed'] });
  expect(items.map(({ label, description = '', picked = false }) => [label, description, picked])).toEqual([
    ['Columns', '', false],
    ['Step', '', true],
    ['FID', '', false],
    ['Settings in which the runs differ', '', false],
    ['seed', '1, 2', true],
    ['Other settings', '', false],
    ['objective', 'hinge', false],
  ]);
});

it('shortens long lists of values', () => {
  const many = Array.from({ length: 9 }, (_, seed) => new Map([['seed', String(seed)]]));
  expect(columnItems([], many, usual).at(-1)?.description).toBe('0, 1, 2, 3, …');
});

it('hides what was not chosen, and leaves alone what was not offered', () => {
  const before = { ...usual, hidden: ['psnr', 'step'], config: ['seed', 'objective'], order: ['step'] };
  const chosen = [
    { label: 'Step', column: 'step' },
    { label: 'steps', setting: 'steps' },
    { label: 'objective', setting: 'objective' },
  ];
  expect(chosenColumns(offered, chosen, before)).toEqual({
    ...before,
    hidden: ['psnr', 'fid'],
    config: ['objective', 'steps'],
  });
});
