/** Seconds of training: elapsed time while the loop runs, without pauses, added to earlier sessions. */
export class TrainingClock {
  readonly #nowMs: () => number;
  #beforeMs: number;
  #runningSinceMs: number | undefined;

  /** Stopped until `start`. `nowMs` is a monotonic clock. */
  constructor(earlierSeconds: number, nowMs: () => number = () => performance.now()) {
    this.#beforeMs = earlierSeconds * 1000;
    this.#nowMs = nowMs;
  }

  get seconds(): number {
    const runningMs = this.#runningSinceMs === undefined ? 0 : this.#nowMs() - this.#runningSinceMs;
    return (this.#beforeMs + runningMs) / 1000;
  }

  start(): void {
    this.#runningSinceMs ??= this.#nowMs();
  }

  stop(): void {
    this.#beforeMs = this.seconds * 1000;
    this.#runningSinceMs = undefined;
  }

  /** What this takes does not count. */
  async without<Result>(work: () => Promise<Result>): Promise<Result> {
    const isRunning = this.#runningSinceMs !== undefined;
    this.stop();
    try {
      return await work();
    } finally {
      if (isRunning) this.start();
    }
  }
}
