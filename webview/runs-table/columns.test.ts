import { beforeAll, expect, it, vi } from 'vitest';
import type { RunRow } from '../../src/shared/runs-table-protocol';
import { entryOf } from './entries';

vi.mock('./cells', () => ({}));
vi.mock('./thumbnails', () => ({}));
vi.mock('../shared/value-titles', () => ({ scoreTitle: (name: string) => name.toUpperCase() }));
vi.mock('./protocol-looks', () => ({ networkOf: () => 'digit classifier' }));
vi.mock('../shared/dom', () => ({}));
vi.mock('../shared/texts', () => ({ t: (text: string) => text }));

let columns: typeof import('./columns');
beforeAll(async () => {
  columns = await import('./columns');
});

const row: RunRow = {
  folder: '/runs/1',
  name: '1',
  experiment: 'x',
  status: 'completed',
  step: 1,
  totalSteps: 1,
  tags: [],
  config: {},
  scores: [
    { name: 'psnr', title: 'PSNR', better: 'higher', value: 20, step: 1, protocol: 'p' },
    { name: 'fid', title: 'FID', better: 'lower', value: 20, step: 1, protocol: 'p' },
  ],
};

const usual = { hidden: [], config: [], order: [] };
const all = (rows: readonly RunRow[]) => ({ rows, entries: rows.map(entryOf) });
const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);

it('has the score first, then chosen settings, what every run has, and the other scores', () => {
  const { offered, shown } = columns.columnsOf(
    all([row]),
    { ...usual, hidden: ['tags', 'step'], config: ['seed'] },
    '',
  );
  expect(ids(shown)).toEqual([
    'psnr',
    'config.seed',
    'samples',
    'experiment',
    'status',
    'images',
    'duration',
    'findings',
    'createdAt',
    'fid',
  ]);
  expect(ids(offered)).toEqual(expect.arrayContaining(['psnr', 'tags', 'step', 'fid']));
  expect(ids(offered)).not.toContain('config.seed');
});

it('calls scores what the charts call them, and keeps their protocols for the tooltip', () => {
  const [score] = columns.columnsOf(all([row]), usual, '').shown;
  expect(score).toMatchObject({ title: 'PSNR', caption: 'digit classifier', hint: 'p' });
});

it('has the columns in the order of the user, others after them', () => {
  const chosen = { ...usual, config: ['seed'], hidden: ['samples'], order: ['tags', 'gone', 'config.seed'] };
  const { shown } = columns.columnsOf(all([row]), chosen, '');
  expect(ids(shown).slice(0, 4)).toEqual(['tags', 'config.seed', 'psnr', 'experiment']);
});

it('exports numbers with their unit or protocol, and settings as numbers where they are', () => {
  const { shown } = columns.columnsOf(all([row]), { ...usual, config: ['lr', 'model'] }, '');
  const made = { ...row, config: { lr: '2e-4', model: '=dcgan' }, trainingSeconds: 9 };
  const fields = shown.flatMap((column) => column.fields);
  expect(fields.map((field) => [field.title, field.value(made)])).toEqual([
    ['PSNR (p)', 20],
    ['lr', 0.0002],
    ['model', '=dcgan'],
    ['Experiment', 'x'],
    ['State', 'completed'],
    ['Step', 1],
    ['Length (steps)', 1],
    ['Images seen', undefined],
    ['Duration (s)', 9],
    ['Findings', 0],
    ['Tags', ''],
    ['Created (ISO 8601)', undefined],
    ['FID (p)', 20],
  ]);
});

it('has no score column where there is no score', () => {
  const { shown } = columns.columnsOf(all([{ ...row, scores: [] }]), usual, '');
  expect(shown[0]?.id).toBe('samples');
});
