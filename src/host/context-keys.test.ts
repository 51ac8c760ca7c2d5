import { expect, it, vi } from 'vitest';
import { RING_RECORD as record } from '../../test/support/run-records';
import type { RunStatus } from '../shared/run-format';

vi.mock('vscode', () => ({
  commands: {},
  EventEmitter: class {},
  l10n: {},
  ThemeIcon: class {},
  ThemeColor: class {},
}));

const { contextValues } = await import('./context-keys');

const run = (status: RunStatus) => ({
  run: { folder: '/w/gan-runs/00003-ring', record, status },
  labels: { schemaVersion: 1, tags: [], note: '' },
});

const empty = {
  jobs: [],
  experiments: 0,
  runs: [],
  areAll: true,
  found: { experiments: false, runs: false },
};

it.each([
  ['running', true],
  ['paused', true],
  ['created', true],
  ['interrupted', false],
  ['completed', false],
] as const)('offers to steer a run of another process that is %s: %s', (status, isTraining) => {
  const values = contextValues({ ...empty, runs: [run(status)] });
  expect(values).toMatchObject({ 'gan.isTraining': isTraining, 'gan.hasRuns': true });
});

it('offers to steer what waits in this window', () => {
  const values = contextValues({ ...empty, jobs: [{ state: 'running' }, { state: 'queued' }] });
  expect(values).toMatchObject({ 'gan.isTraining': true, 'gan.isWaiting': true });
});

it('offers nothing of runs and experiments where there are none', () => {
  expect(contextValues(empty)).toEqual({
    'gan.isTraining': false,
    'gan.isWaiting': false,
    'gan.hasExperiments': false,
    'gan.hasRuns': false,
  });
});

it('goes by the files as long as nobody has looked at the runs', () => {
  const found = { experiments: true, runs: true };
  const values = { 'gan.hasExperiments': true, 'gan.hasRuns': true };
  expect(contextValues({ ...empty, areAll: false, found })).toMatchObject(values);
  expect(contextValues({ ...empty, found })).toMatchObject({ 'gan.hasExperiments': false });
});
