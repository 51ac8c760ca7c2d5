/** What people ask of a running loop, by its methods or through the control folder, kept until a step has ended. */
import { setTimeout as sleep } from 'node:timers/promises';
import { takeControlRequests } from '../run-folder/control';
import type { ControlRequest, StopCause } from '../shared/run-format';

/** How often the control folder is looked at. */
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

  /** Why the loop is to stop, once it has been asked to. */
  get stopCause(): StopCause {
    return this.#stopCause;
  }

  /** Of several causes the first counts. */
  stop(cause: StopCause): void {
    if (!this.#pending.has('stop')) this.#stopCause = cause;
    this.add('stop');
  }

  /** Of `pause` and `continue` the later one counts. */
  add(request: ControlRequest): void {
    if (request === 'pause') this.#pending.delete('continue');
    if (request === 'continue') this.#pending.delete('pause');
    this.#pending.add(request);
    this.#wake();
  }

  /** What was asked for since the last call. Throws `StorageError` if the control folder cannot be read. */
  async take(): Promise<ReadonlySet<ControlRequest>> {
    await this.#look();
    const taken = this.#pending;
    this.#pending = new Set();
    return taken;
  }

  /**
   * Comes back when a stop is asked for, which `take` still gives then, or when `signal` is aborted. Throws `StorageError` if
   * the control folder cannot be read.
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

  /** Until something may have been asked for. */
  async wait(): Promise<void> {
    if (this.#pending.size > 0) return;
    await this.#sleep();
  }

  async #sleep(): Promise<void> {
    const abort = new AbortController();
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    // The timer is ended as soon as it is not needed, which rejects it.
    const timer = sleep(CONTROL_INTERVAL_MS, undefined, { signal: abort.signal }).catch(() => undefined);
    await Promise.race([woken, timer]);
    abort.abort();
  }
}
