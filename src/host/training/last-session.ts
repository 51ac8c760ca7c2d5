/**
 * Remembers in the workspace which runs this window trains, so that the next one can say what its reload has stopped.
 * Knows nothing of VS Code.
 */
import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { isLive } from '../../shared/run-format';
import type { TrainingManager } from './training-manager';

/** As VS Code keeps it for a workspace. */
export interface WorkspaceMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

/** A run that was being trained when the window went away. */
export interface StoppedRun {
  readonly folder: string;
  /** Steps done. */
  readonly step: number;
  /** `interrupted` where its process was killed before it could end by itself. */
  readonly status: 'stopped' | 'interrupted';
}

const TRAINED_RUNS = 'gan.trainedRuns';
/** The window before may still be finishing its last step. */
const LOOK_INTERVAL_MS = 500;

export class LastSession {
  readonly events = new EventEmitter<{ changed: [] }>();
  readonly #training: TrainingManager;
  readonly #memory: WorkspaceMemory;
  readonly #trained = new Set<string>();
  /** Trained by the window before, as long as it has not been told what has become of them. */
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
      // What ends now is what the next window has to tell of.
      if (runFolder === undefined || training.isClosing) return;
      this.#trained.delete(runFolder);
      this.#keep();
    });
  }

  /** Those that stopped with the window, until they are trained again or `forget` is called. */
  get stopped(): readonly StoppedRun[] {
    return this.#stopped;
  }

  /** Looks what has become of the runs of the last session, once they stand still. */
  async look(signal: AbortSignal): Promise<readonly StoppedRun[]> {
    if (this.#before.length === 0) return [];
    const runs = await Promise.all(this.#before.map((folder) => standing(folder, signal)));
    // A window that goes away while it looks leaves the telling to the next one.
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

/** Undefined where it has been stopped by somebody, has ended by itself, or is trained elsewhere. */
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
