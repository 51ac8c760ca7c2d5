/** Trains one trial of a sweep after the other until none is left, beside any number of other processes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { RunLockedError } from '../run-folder/errors';
import { LockObserver, STALE_AFTER_MS } from '../run-folder/lock-file';
import { RunLock } from '../run-folder/run-lock';
import { Objective } from './objective';
import { learnsFromTrials, proposedTrial } from './proposals';
import type { PastTrial } from './search/search';
import { isSpent } from './summary';
import type { ListedTrial, SweepFolder } from './sweep-folder';
import { isOpen, NEW_TRIAL, type Trial, type TrialState } from './sweep-format';
import { type TrialObserver, TrialRun } from './trial-run';

/** Interval at which the request to stop and the locks of other processes are read. */
const POLL_INTERVAL_MS = 1_000;

export interface SweepObserver extends TrialObserver {
  /** Called when this process takes a trial. */
  onTrial?(trial: Trial): void;
  /** Called when a trial of this process has ended or was stopped. */
  onTrialEnd?(trial: Trial, state: TrialState): void;
}

/**
 * `done`: no trial is left, or only trials that other processes train; `stopped`: as asked, or only trials are left
 * that the user stopped; `budget`: the others may not begin any more.
 */
export type WorkEnd = 'done' | 'stopped' | 'budget';

export interface Work {
  readonly observer?: SweepObserver;
  /** Aborted to stop after the current step, with a `StopCause` as its reason. */
  readonly signal: AbortSignal;
}

/**
 * Returns once there is nothing more to do for this process. Throws `StorageError`, `RunLockLostError`, and
 * `RunFolderError` for a damaged file; a trial that fails does not end the work.
 */
export async function workOn(sweep: SweepFolder, { observer = {}, signal }: Work): Promise<WorkEnd> {
  const stopping = new AbortController();
  const abort = (): void => stopping.abort(signal.reason);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  const watch = watchStopRequests(sweep, stopping);
  try {
    return await new SweepWorker(sweep, observer, stopping.signal).work();
  } finally {
    clearInterval(watch);
    signal.removeEventListener('abort', abort);
  }
}

function watchStopRequests(sweep: SweepFolder, stopping: AbortController): NodeJS.Timeout {
  return setInterval(() => {
    sweep.isStopRequested().then(
      (isRequested) => {
        if (isRequested) stopping.abort('user');
      },
      // A folder that cannot be read is reported by the work itself.
      () => undefined,
    );
  }, POLL_INTERVAL_MS).unref();
}

class SweepWorker {
  readonly #sweep: SweepFolder;
  readonly #observer: SweepObserver;
  readonly #signal: AbortSignal;
  readonly #locks = new LockObserver();
  readonly #objective: Objective;

  constructor(sweep: SweepFolder, observer: SweepObserver, signal: AbortSignal) {
    this.#sweep = sweep;
    this.#observer = observer;
    this.#signal = signal;
    this.#objective = new Objective(sweep.plan.sweep.objective);
  }

  async work(): Promise<WorkEnd> {
    let busySinceMs: number | undefined;
    for (;;) {
      if (this.#signal.aborted || (await this.#sweep.isStopRequested())) return 'stopped';
      const trials = await this.#sweep.trials();
      const open = trials.filter(({ state }) => state === undefined || isOpen(state));
      if (open.length === 0)
        return trials.some(({ state }) => state?.stoppedBy === 'user') ? 'stopped' : 'done';
      const affordable = isSpent(this.#sweep.plan, trials)
        ? open.filter(({ state }) => state !== undefined)
        : open;
      if (affordable.length === 0) return 'budget';
      const lock = await this.#takeAny(affordable);
      if (lock !== undefined) {
        busySinceMs = undefined;
        await this.#train(lock.trial, lock.lock);
        continue;
      }
      // The death of a process on another machine shows only after a while.
      busySinceMs ??= performance.now();
      if (performance.now() - busySinceMs > STALE_AFTER_MS + 2 * POLL_INTERVAL_MS) return 'done';
      await sleep(POLL_INTERVAL_MS, undefined, { signal: this.#signal }).catch(() => undefined);
    }
  }

  /**
   * Locks the first trial that no other process trains. Where another was faster, looks on from a random one: processes
   * that begin together would otherwise meet at one trial after the other.
   */
  async #takeAny(
    open: readonly ListedTrial[],
  ): Promise<{ readonly trial: number; readonly lock: RunLock } | undefined> {
    const left = [...open];
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const { trial } = next;
      if (await this.#locks.isHeld(this.#sweep.lockFile(trial))) continue;
      await this.#sweep.createTrialFolder(trial);
      try {
        return { trial, lock: await RunLock.acquire(this.#sweep.trialFolder(trial)) };
      } catch (error) {
        if (!(error instanceof RunLockedError)) throw error;
        left.push(...left.splice(0, Math.floor(Math.random() * left.length)));
      }
    }
    return undefined;
  }

  async #train(trial: number, lock: RunLock): Promise<void> {
    try {
      // It may have ended between being listed and being locked.
      const { decided, state = NEW_TRIAL } = await this.#sweep.trial(trial);
      if (!isOpen(state)) return;
      const taken = decided ?? (await this.#decide(trial));
      this.#observer.onTrial?.(taken);
      const run = new TrialRun(
        { sweep: this.#sweep, trial: taken, lock, observer: this.#observer, signal: this.#signal },
        state,
      );
      const end = await run.train();
      this.#observer.onTrialEnd?.(taken, end);
    } finally {
      await lock.release();
    }
  }

  async #decide(trial: number): Promise<Trial> {
    const { plan } = this.#sweep;
    const decided = proposedTrial(plan, trial, learnsFromTrials(plan) ? await this.#past() : []);
    await this.#sweep.writeTrial(decided);
    return decided;
  }

  /** A pruned trial counts with its score so far, which shows that it was not better. */
  async #past(): Promise<PastTrial[]> {
    return (await this.#sweep.trials()).flatMap(({ decided, state }) =>
      decided === undefined || state?.value === undefined
        ? []
        : [{ point: decided.point, loss: this.#objective.lossOf(state.value) }],
    );
  }
}
