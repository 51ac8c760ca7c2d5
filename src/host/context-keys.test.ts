import { expect, it, vi } from 'vitest';
import { RING_RECORD as record } from '../../test/support/toy-run';
import type { RunStatus } from '../shared/run-format';

vi.mock('vscode', () => ({ commands: {}, l10n: {}, ThemeIcon: class {}, ThemeColor: class {} }));

const { contextValues } = await import('./context-keys');

const run = (status: RunStatus) => ({
  run: { folder: '/w/gan-runs/00003-ring', record, status },
  labels: { schemaVersion: 1, tags: [], note: '' },
});

it.each([
  ['running', true],
  ['paused', true],
  ['created', true],
  ['interrupted', false],
  ['completed', false],
] as const)('offers to steer a run of another process that is %s: %s', (status, isTraining) => {
  const values = contextValues({ jobs: 0, runs: [run(status)], areAll: true });
  expect(values).toEqual({ 'gan.isTraining': isTraining, 'gan.hasNoRuns': false });
});

it('offers to steer what waits in this window', () => {
  expect(contextValues({ jobs: 1, runs: [], areAll: true })).toMatchObject({ 'gan.isTraining': true });
});

it('says that there are no runs only where that is known', () => {
  expect(contextValues({ jobs: 0, runs: [], areAll: true })).toMatchObject({ 'gan.hasNoRuns': true });
  expect(contextValues({ jobs: 0, runs: [], areAll: false })).toMatchObject({ 'gan.hasNoRuns': false });
});
