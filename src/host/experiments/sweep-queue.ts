/** The tasks of a sweep in Slurm's queue: asked in the background, since a controller that cannot be reached takes its time. */
import { l10n } from 'vscode';
import { type Problem, problemOf } from '../../shared/errors';
import type { SlurmTasks } from '../../shared/sweep-protocol';
import type { SweepReader } from '../../sweep/sweep-reader';
import { countText } from '../quantities';

export interface SweepQueue {
  /** Those that have not ended. */
  readonly tasks: readonly SlurmTasks[];
  /** Why it could not be asked. */
  readonly problem?: Problem;
}

export const NO_QUEUE: SweepQueue = { tasks: [] };

/** Every user of a cluster asks the same controller. */
const SLURM_INTERVAL_MS = 10_000;

export class SweepQueueReader {
  #known: SweepQueue = NO_QUEUE;
  /** When Slurm may be asked again, by `performance.now()`; infinite while it is being asked. */
  #nextMs = 0;

  /** What Slurm has said last; asks again if that is due, for a later call. */
  look(reader: SweepReader): SweepQueue {
    if (performance.now() >= this.#nextMs) void this.#ask(reader);
    return this.#known;
  }

  async #ask(reader: SweepReader): Promise<void> {
    this.#nextMs = Number.POSITIVE_INFINITY;
    try {
      this.#known = { tasks: await reader.queuedTasks() };
    } catch (error) {
      this.#known = { tasks: [], problem: problemOf(error) };
    } finally {
      this.#nextMs = performance.now() + SLURM_INTERVAL_MS;
    }
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
