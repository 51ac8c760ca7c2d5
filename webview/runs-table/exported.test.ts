import { expect, it, vi } from 'vitest';
import type { RunRow } from '../../src/shared/runs-table-protocol';
import type { Column, Field } from './columns';
import { entriesOf } from './entries';

vi.mock('../shared/texts', () => ({
  t: (text: string, ...values: readonly string[]) =>
    values.reduce((filled, value, index) => filled.replace(`{${index}}`, value), text),
}));
const { exportedTable } = await import('./exported');

function run(name: string, seed: string, trainingSeconds: number | undefined): RunRow {
  return {
    ...{ folder: `/runs/${name}`, name, experiment: 'ring', status: 'completed', step: 1, totalSteps: 1 },
    ...(trainingSeconds === undefined ? {} : { trainingSeconds }),
    ...{ tags: [], scores: [], config: { seed }, identity: { seed, rest: name.slice(0, 1) } },
  };
}

function column(field: Field): Column {
  const looks = { isSortable: true, isDescendingFirst: false, cell: () => expect.unreachable() };
  return { id: field.title, title: field.title, isNumber: field.isNumber, ...looks, fields: [field] };
}

const columns = [
  column({ title: 'seed', isNumber: false, value: ({ config }) => Number(config.seed) }),
  column({ title: 'Duration (s)', isNumber: true, value: (row) => row.trainingSeconds }),
];
const runs = [run('a1', '1', 10), run('a2', '2', 14), run('b1', '1', undefined)];

it('has a row for each run', () => {
  expect(exportedTable(entriesOf(runs, false), columns)).toEqual([
    ['Run', 'seed', 'Duration (s)'],
    ['a1', 1, 10],
    ['a2', 2, 14],
    ['b1', 1, null],
  ]);
});

it('has mean, deviation and number of joined runs, and says the same of a run that is alone', () => {
  expect(exportedTable(entriesOf(runs, true), columns)).toEqual([
    [
      'Run',
      'Runs',
      'seed',
      'Duration (s)',
      'Duration (s), standard deviation',
      'Duration (s), number of runs',
    ],
    ['ring', 2, '1; 2', 12, expect.closeTo(Math.sqrt(8), 12), 2],
    ['b1', 1, 1, null, null, 0],
  ]);
});
