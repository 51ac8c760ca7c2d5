/** Keeps the keys by which package.json decides what the palette offers. */
import { commands, type Disposable } from 'vscode';
import { CONTEXT_KEYS } from '../shared/contributions';
import { isLive } from '../shared/run-format';
import type { Host } from './host';
import type { CataloguedRun } from './runs/run-catalogue';

interface Known {
  /** Of this window, those in its queue included. */
  readonly jobs: number;
  readonly runs: readonly CataloguedRun[];
  /** Whether these are all runs that there are: nobody knows as long as nobody looks. */
  readonly areAll: boolean;
}

/** The values of the keys; runs may be trained by any process. */
export function contextValues({ jobs, runs, areAll }: Known): Readonly<Record<string, boolean>> {
  return {
    [CONTEXT_KEYS.isTraining]: jobs > 0 || runs.some(({ run }) => 'status' in run && isLive(run.status)),
    [CONTEXT_KEYS.hasNoRuns]: areAll && runs.length === 0,
  };
}

export function keepContextKeys({ training, runs }: Host): Disposable {
  const told = new Map<string, boolean>();
  const tell = (): void => {
    const values = contextValues({ jobs: training.jobs.length, runs: runs.runs, areAll: runs.isUpToDate });
    for (const [key, value] of Object.entries(values)) {
      if (told.get(key) === value) continue;
      told.set(key, value);
      void commands.executeCommand('setContext', key, value);
    }
  };
  training.events.on('changed', tell);
  return runs.onDidChange(tell);
}
