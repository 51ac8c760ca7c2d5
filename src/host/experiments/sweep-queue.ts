/** The tasks of a sweep in Slurm's queue. */
import { l10n } from 'vscode';
import type { Problem } from '../../shared/errors';
import type { SlurmTasks } from '../../shared/sweep-protocol';
import type { SweepReader } from '../../sweep/sweep-reader';
import { countText } from '../quantities';
import { SlurmQuery } from '../slurm/slurm-query';

export interface SweepQueue {
  /** Those that have not ended. */
  readonly tasks: readonly SlurmTasks[];
  /** Why it could not be asked. */
  readonly problem?: Problem;
}

export const NO_QUEUE: SweepQueue = { tasks: [] };

export class SweepQueueReader {
  readonly #query = new SlurmQuery<readonly SlurmTasks[]>();

  /** What Slurm has said last; asks again if that is due, for a later call. */
  look(reader: SweepReader): SweepQueue {
    this.#query.look(() => reader.queuedTasks());
    const { answer: tasks = [], problem } = this.#query;
    return { tasks, ...(problem === undefined ? {} : { problem }) };
  }
}

export function waitingTasks({ tasks }: SweepQueue): readonly SlurmTasks[] {
  return tasks.filter(({ state }) => state !== 'RUNNING');
}

/** `3 in the queue (Priority)`; undefined if none waits. */
export function queueText(queue: SweepQueue): string | undefined {
  const waiting = waitingTasks(queue);
  const count = waiting.reduce((sum, one) => sum + one.count, 0);
  const reasons = [...new Set(waiting.map(({ reason }) => reason))].join(', ');
  return count === 0 ? undefined : l10n.t('{0} in the queue ({1})', countText(count), reasons);
}
