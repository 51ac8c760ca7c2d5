/** Requests to a running loop, from its methods or the control folder, queued until the current step ends. */
import { setTimeout as sleep } from 'node:timers/promises';
import { takeControlRequests } from '../run-folder/control';
import type { ControlRequest, StopCause } from '../shared/run-format';

/** Polling interval of the control folder. */
const CONTROL_INTERVAL_MS = 250;

export class LoopRequests {
  readonly #runFolder: string;
  #pending = new Set<ControlRequest>();
  #stopCause: StopCause = 'user';
  #wake: () => void = () => undefined;
  #folderReadAtMs = Number.NEGATIVE_INFINITY;

  constructor(runFolder: string) {
    this.#runFolder = runFolder;
  }

  /** Cause of the stop, once one has been requested. */
  get stopCause(): StopCause {
    return this.#stopCause;
  }

  /** Requests a stop; the first of several causes is kept. */
  stop(cause: StopCause): void {
    if (!this.#pending.has('stop')) this.#stopCause = cause;
    this.add('stop');
  }

  /** Of `pause` and `continue` the later one takes effect. */
  add(request: ControlRequest): void {
    if (request === 'pause') this.#pending.delete('continue');
    if (request === 'continue') this.#pending.delete('pause');
    this.#pending.add(request);
    this.#wake();
  }

  /** Ends a `wait` without a request. */
  wake(): void {
    this.#wake();
  }

  /** Returns the requests since the last call. Throws `StorageError` if the control folder cannot be read. */
  async take(): Promise<ReadonlySet<ControlRequest>> {
    await this.#look();
    const taken = this.#pending;
    this.#pending = new Set();
    return taken;
  }

  /**
   * Resolves when a stop is requested, which the next `take` still returns, or when `signal` is aborted. Throws
   * `StorageError` if the control folder cannot be read.
   */
  async untilStop(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#wake(), { once: true });
    while (!signal.aborted && !this.#pending.has('stop')) {
      await this.#sleep();
      await this.#look();
    }
  }

  async #look(): Promise<void> {
    const nowMs = performance.now();
    if (nowMs - this.#folderReadAtMs < CONTROL_INTERVAL_MS) return;
    this.#folderReadAtMs = nowMs;
    for (const request of await takeControlRequests(this.#runFolder)) this.add(request);
  }

  /** Resolves once a request may have arrived, or after `mostMs`. */
  async wait(mostMs = CONTROL_INTERVAL_MS): Promise<void> {
    if (this.#pending.size > 0) return;
    await this.#sleep(Math.min(mostMs, CONTROL_INTERVAL_MS));
  }

  async #sleep(ms = CONTROL_INTERVAL_MS): Promise<void> {
    const abort = new AbortController();
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    // The timer is cancelled as soon as it is not needed, which rejects its promise.
    const timer = sleep(ms, undefined, { signal: abort.signal }).catch(() => undefined);
    await Promise.race([woken, timer]);
    abort.abort();
  }
}
