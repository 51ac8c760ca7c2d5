/** Maintains the context keys by which package.json decides what the palette offers. */
import { commands, type Disposable } from 'vscode';
import type { CataloguedRun } from '../runs/run-catalogue';
import { CONTEXT_KEYS } from '../shared/contributions';
import { isLive } from '../shared/run-format';
import { steerability } from './experiments/run-state';
import { findSome } from './experiments/runs-model';
import type { Host } from './host';
import type { JobState } from './training/training-job';

interface Known {
  /** Jobs of this window, queued ones included. */
  readonly jobs: readonly { readonly state: JobState }[];
  readonly experiments: number;
  readonly runs: readonly CataloguedRun[];
  /** Whether these are all existing experiments and runs; unknown while nothing watches them. */
  readonly areAll: boolean;
  /** Result of a quick file search before the first full scan. */
  readonly found: { readonly experiments: boolean; readonly runs: boolean };
}

/** Returns the values of the keys; runs may be trained by any process. */
export function contextValues(known: Known): Readonly<Record<string, boolean>> {
  const { jobs, experiments, runs, areAll, found } = known;
  return {
    [CONTEXT_KEYS.isTraining]:
      jobs.length > 0 || runs.some(({ run }) => 'status' in run && isLive(run.status)),
    [CONTEXT_KEYS.isWaiting]: jobs.some(({ state }) => steerability(state) === 'queued'),
    [CONTEXT_KEYS.hasExperiments]: experiments > 0 || (!areAll && found.experiments),
    [CONTEXT_KEYS.hasRuns]: runs.length > 0 || (!areAll && found.runs),
  };
}

export function keepContextKeys({ training, runs }: Host): Disposable {
  const told = new Map<string, boolean>();
  let found = { experiments: false, runs: false };
  const tell = (): void => {
    const values = contextValues({
      jobs: training.jobs,
      experiments: runs.experiments.length,
      runs: runs.runs,
      areAll: runs.isUpToDate,
      found,
    });
    for (const [key, value] of Object.entries(values)) {
      if (told.get(key) === value) continue;
      told.set(key, value);
      void commands.executeCommand('setContext', key, value);
    }
  };
  training.events.on('changed', tell);
  void import('../slurm/find-slurm')
    .then(({ hasSlurm }) => hasSlurm())
    .then((has) => commands.executeCommand('setContext', CONTEXT_KEYS.hasSlurm, has));
  void findSome().then((some) => {
    found = some;
    tell();
  });
  return runs.onDidChange(tell);
}
