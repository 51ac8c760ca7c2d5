/**
 * Records in the workspace state which runs this window trains, so that the next window can report those its reload
 * stopped. Does not depend on VS Code.
 */
import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { isLive } from '../../shared/run-format';
import type { TrainingManager } from './training-manager';

/** Matches VS Code's workspace state. */
export interface WorkspaceMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

/** A run that was training when the window closed. */
export interface StoppedRun {
  readonly folder: string;
  /** Steps completed. */
  readonly step: number;
  /** `interrupted` if its process was killed before it could end by itself. */
  readonly status: 'stopped' | 'interrupted';
}

const TRAINED_RUNS = 'gan.trainedRuns';
/** The previous window may still be finishing its last step. */
const LOOK_INTERVAL_MS = 500;

export class LastSession {
  readonly events = new EventEmitter<{ changed: [] }>();
  readonly #training: TrainingManager;
  readonly #memory: WorkspaceMemory;
  readonly #trained = new Set<string>();
  /** Runs trained by the previous window whose outcome has not been reported yet. */
  #before: readonly string[];
  #stopped: readonly StoppedRun[] = [];

  constructor(training: TrainingManager, memory: WorkspaceMemory) {
    this.#training = training;
    this.#memory = memory;
    const kept = memory.get(TRAINED_RUNS);
    this.#before = Array.isArray(kept) ? kept.filter((folder) => typeof folder === 'string') : [];
    training.events.on('opened', (_, runFolder) => {
      this.#trained.add(runFolder);
      this.#keep();
      this.#drop((run) => run.folder === runFolder);
    });
    training.events.on('ended', ({ runFolder }) => {
      // Runs that end during shutdown are for the next window to report.
      if (runFolder === undefined || training.isClosing) return;
      this.#trained.delete(runFolder);
      this.#keep();
    });
  }

  /** The runs that stopped with the window, until they are trained again or `forget` is called. */
  get stopped(): readonly StoppedRun[] {
    return this.#stopped;
  }

  /** Determines the outcome of the last session's runs, once they have settled. */
  async look(signal: AbortSignal): Promise<readonly StoppedRun[]> {
    if (this.#before.length === 0) return [];
    const runs = await Promise.all(this.#before.map((folder) => standing(folder, signal)));
    // A window that closes during the check leaves the report to the next one.
    if (signal.aborted) return [];
    const found = runs.flatMap((run) =>
      run === undefined || this.#training.jobOfRun(run.folder) !== undefined ? [] : [run],
    );
    this.#before = [];
    this.#keep();
    this.#stopped = found;
    if (found.length > 0) this.events.emit('changed');
    return found;
  }

  forget(): void {
    this.#drop(() => true);
  }

  #drop(isOld: (run: StoppedRun) => boolean): void {
    const left = this.#stopped.filter((run) => !isOld(run));
    if (left.length === this.#stopped.length) return;
    this.#stopped = left;
    this.events.emit('changed');
  }

  #keep(): void {
    void this.#memory.update(TRAINED_RUNS, [...new Set([...this.#before, ...this.#trained])]);
  }
}

/** Undefined if it was stopped by the user, has ended by itself, or is trained elsewhere. */
async function standing(folder: string, signal: AbortSignal): Promise<StoppedRun | undefined> {
  const { readRun } = await import('../../run-folder/list-runs');
  const { LockObserver, STALE_AFTER_MS } = await import('../../run-folder/lock-file');
  const observer = new LockObserver();
  for (let waitedMs = 0; waitedMs <= 2 * STALE_AFTER_MS; waitedMs += LOOK_INTERVAL_MS) {
    const run = await readRun(folder, observer);
    if ('problem' in run) return undefined;
    const { status, record } = run;
    if (status === 'interrupted') return { folder, step: record.step, status };
    if (status === 'stopped')
      return record.stoppedBy === 'shutdown' ? { folder, step: record.step, status } : undefined;
    if (!isLive(status)) return undefined;
    await delay(LOOK_INTERVAL_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return undefined;
  }
  return undefined;
}
