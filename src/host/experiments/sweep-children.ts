/** The rows below a sweep. Does not depend on VS Code. */
import { basename, dirname, join } from 'node:path';
import type { CataloguedRun } from '../../runs/run-catalogue';
import { SWEEPS_FOLDER } from '../../shared/sweep-files';
import type { ShownTrial, ShownTrialStatus, SweepView } from '../../shared/sweep-protocol';
import { SlurmTasksNode, TrialGroupNode, TrialNode } from './nodes';
import { waitingTasks } from './sweep-queue';
import type { KnownSweep } from './sweeps-model';

/** With more trials that have begun, the ended ones are in groups. */
const MAX_LISTED = 50;

/** What is going on comes first, then the results. */
const ORDER: readonly ShownTrialStatus[] = [
  'running',
  'interrupted',
  'stopped',
  'completed',
  'pruned',
  'failed',
  'damaged',
  'waiting',
];

/** Trials of one status, the best first; without values in their order. */
export function trialsWith({ trials, objective }: SweepView, status: ShownTrialStatus): ShownTrial[] {
  const sign = objective.better === 'lower' ? 1 : -1;
  const loss = ({ value }: ShownTrial): number =>
    value === undefined ? Number.POSITIVE_INFINITY : sign * value;
  return trials
    .filter((trial) => trial.status === status)
    .sort((a, b) => (loss(a) === loss(b) ? a.trial - b.trial : loss(a) - loss(b)));
}

/** Folder of the sweep that a run belongs to, which may have been deleted; undefined for an ordinary run. */
export function sweepFolderOf({ run }: CataloguedRun): string | undefined {
  if (!('record' in run) || run.record.sweep === undefined) return undefined;
  // A damaged name must not lead out of the folder.
  return join(dirname(run.folder), SWEEPS_FOLDER, basename(run.record.sweep.sweep));
}

export function runsOfTrial(
  runs: readonly CataloguedRun[],
  { view, trial }: Pick<TrialNode, 'view' | 'trial'>,
): CataloguedRun[] {
  return runs.filter(
    (entry) =>
      sweepFolderOf(entry) === view.folder &&
      'record' in entry.run &&
      entry.run.record.sweep?.trial === trial.trial,
  );
}

export type SweepRow = SlurmTasksNode | TrialNode | TrialGroupNode;

/** Trials that have not begun have nothing to show yet, and are one row. */
export function sweepRows({ listed: { folder }, view, queue }: KnownSweep): SweepRow[] {
  if (view === undefined) return [];
  const begun = view.trials.filter(({ status }) => status !== 'waiting').length;
  const trials = ORDER.flatMap((status): SweepRow[] => {
    const some = trialsWith(view, status);
    if (some.length === 0) return [];
    const isGroup = status === 'waiting' || (begun > MAX_LISTED && status !== 'running');
    return isGroup
      ? [new TrialGroupNode(view, status, some.length)]
      : some.map((trial) => new TrialNode(view, trial));
  });
  return [...waitingTasks(queue).map((one) => new SlurmTasksNode(folder, one)), ...trials];
}
