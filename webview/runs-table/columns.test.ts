import { beforeAll, expect, it, vi } from 'vitest';
import type { RunRow } from '../../src/shared/runs-table-protocol';

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

const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);

it('has the score first, then chosen settings, what every run has, and the other scores', () => {
  const { offered, shown } = columns.columnsOf([row], { hidden: ['tags', 'step'], config: ['seed'] }, '');
  expect(ids(shown)).toEqual([
    'psnr',
    'config.seed',
    'samples',
    'experiment',
    'status',
    'duration',
    'findings',
    'createdAt',
    'fid',
  ]);
  expect(ids(offered)).toEqual(expect.arrayContaining(['psnr', 'tags', 'step', 'fid']));
  expect(ids(offered)).not.toContain('config.seed');
});

it('calls scores what the charts call them, and keeps their protocols for the tooltip', () => {
  const [score] = columns.columnsOf([row], { hidden: [], config: [] }, '').shown;
  expect(score).toMatchObject({ title: 'PSNR', caption: 'digit classifier', hint: 'p' });
});

it('has no score column where there is no score', () => {
  const { shown } = columns.columnsOf([{ ...row, scores: [] }], { hidden: [], config: [] }, '');
  expect(shown[0]?.id).toBe('samples');
});

it('calls a setting by as much of its key as tells it from the others', () => {
  expect(
    columns.shortKeys(['seed', 'objective.name', 'gan.generator.adam.rate', 'gan.critic.adam.rate']),
  ).toEqual(['seed', 'objective.name', 'generator.adam.rate', 'critic.adam.rate']);
});
