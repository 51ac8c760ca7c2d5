import { expect, it, vi } from 'vitest';
import { RING_RECORD as record } from '../../../test/support/run-records';
import { BatchJobNode, CheckpointNode, ExperimentNode, RunNode } from './nodes';

const editor = vi.hoisted(() => {
  const keys = new Map<string, unknown>();
  return { keys };
});

vi.mock('vscode', () => ({
  commands: {
    executeCommand: async (_: string, key: string, value: unknown) => void editor.keys.set(key, value),
  },
}));

const { Selection, selectionKind } = await import('./selection');

const file = Object.assign(Object.create(null), { fsPath: '/w/a', path: '/w/a' });
const catalogued = {
  run: { folder: '/w/gan-runs/00003-ring', record, status: 'completed' as const },
  labels: { schemaVersion: 1, tags: [], note: '' },
};
const run = new RunNode('/w/gan-runs/00003-ring', catalogued);
const checkpoint = new CheckpointNode(
  '/w/gan-runs/00003-ring',
  { step: 5, isLatest: true, isBest: false, isPinned: false, isDamaged: false },
  file,
);
const experiment = new ExperimentNode(file, 'ring', false, [], [], [], []);
const batchJob = new BatchJobNode({
  folder: '/w/gan-runs/slurm/00001-ring',
  experimentFile: '/w/a',
  job: 42,
  state: { kind: 'submitted' },
});

it.each([
  [[], ''],
  [[run], 'run'],
  [[run, run], 'runs'],
  [[checkpoint], 'checkpoints'],
  [[run, checkpoint], ''],
  [[experiment], ''],
  [[batchJob], 'waiting'],
  [[batchJob, run], ''],
] as const)('%# knows rows that have a command in common', (rows, kind) => {
  expect(selectionKind(rows)).toBe(kind);
});

it('tells `when` clauses what is selected, and commands which rows are', () => {
  const selection = new Selection();
  expect(selection.rows).toEqual([]);
  let tell = (_: { readonly selection: readonly (typeof run)[] }): void => undefined;
  const view = {
    selection: [run],
    onDidChangeSelection: (listener: typeof tell) => {
      tell = listener;
      return { dispose: () => undefined };
    },
  };
  selection.follow(view);
  tell(view);
  expect(editor.keys.get('gan.selection')).toBe('run');
  expect(selection.rows).toEqual([run]);
});
