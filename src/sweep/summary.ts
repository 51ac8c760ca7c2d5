/** The state of a sweep: its trials with their status, best first. */
import { LockObserver } from '../run-folder/lock-file';
import { Objective } from './objective';
import type { ListedTrial, SweepFolder } from './sweep-folder';
import { hasEnded, type SweepPlan, type TrialStatus } from './sweep-format';

/** `waiting`: not begun. `interrupted`: its process has died, and another may take it over. */
export type ShownStatus = TrialStatus | 'waiting' | 'interrupted';

export interface TrialSummary extends ListedTrial {
  readonly status: ShownStatus;
}

export interface SweepSummary {
  /** Ranked: completed ones by their value, then pruned ones by theirs; the others in their order. */
  readonly trials: readonly TrialSummary[];
  /** Steps of all runs together. */
  readonly steps: number;
  /** Training time of all runs together. */
  readonly seconds: number;
  /** Number of trials by status. */
  readonly counts: Readonly<Partial<Record<ShownStatus, number>>>;
}

/** @param observer a new one considers the lock of a process on another machine alive */
export async function summaryOf(sweep: SweepFolder, observer = new LockObserver()): Promise<SweepSummary> {
  const objective = new Objective(sweep.plan.sweep.objective);
  const trials = await Promise.all(
    (await sweep.trials()).map(
      async (listed): Promise<TrialSummary> => ({
        ...listed,
        status: await statusOf(sweep, listed, observer),
      }),
    ),
  );
  const rankOf = ({ state, status }: TrialSummary): readonly [number, number] => [
    // The value of a pruned trial is of fewer steps than those of the others.
    state?.value === undefined ? 2 : status === 'pruned' ? 1 : 0,
    state?.value === undefined ? 0 : objective.lossOf(state.value),
  ];
  const runs = trials.flatMap(({ state }) => state?.runs ?? []);
  const counts: Partial<Record<ShownStatus, number>> = {};
  for (const { status } of trials) counts[status] = (counts[status] ?? 0) + 1;
  return {
    trials: trials.toSorted((a, b) => {
      const [group, loss] = rankOf(a);
      const [otherGroup, otherLoss] = rankOf(b);
      return group - otherGroup || loss - otherLoss || a.trial - b.trial;
    }),
    steps: runs.reduce((sum, run) => sum + run.steps, 0),
    seconds: runs.reduce((sum, run) => sum + run.seconds, 0),
    counts,
  };
}

/** @param observer of the locks of trials, which judges those of other machines over repeated calls */
export async function statusOf(
  sweep: SweepFolder,
  { trial, state }: ListedTrial,
  observer: LockObserver,
): Promise<ShownStatus> {
  if (state === undefined) return 'waiting';
  if (hasEnded(state) || state.status === 'stopped') return state.status;
  return (await observer.isHeld(sweep.lockFile(trial))) ? 'running' : 'interrupted';
}

/** Whether the budget is spent, so that only trials that were begun go on. */
export function isSpent({ sweep }: SweepPlan, trials: readonly ListedTrial[]): boolean {
  const { steps = Number.POSITIVE_INFINITY, hours = Number.POSITIVE_INFINITY } = sweep.budget;
  const runs = trials.flatMap(({ state }) => state?.runs ?? []);
  return (
    runs.reduce((sum, run) => sum + run.steps, 0) >= steps ||
    runs.reduce((sum, run) => sum + run.seconds, 0) >= hours * 3600
  );
}
