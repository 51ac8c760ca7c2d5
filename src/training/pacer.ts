/** Spaces the steps of slow motion. */
import type { Pace } from '../shared/live-request';

export class Pacer {
  pace: Pace = null;
  readonly #nowMs: () => number;
  #beganMs = Number.NEGATIVE_INFINITY;

  /** At full speed. `nowMs` is a monotonic clock. */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Milliseconds until the next step; 0 if it is due. */
  get waitMs(): number {
    return this.pace === null ? 0 : Math.max(0, this.#beganMs + 1000 / this.pace - this.#nowMs());
  }

  /** Call when a step begins. */
  stepBegins(): void {
    this.#beganMs = this.#nowMs();
  }

  /** Seconds that so many steps take, if training alone takes `trainingSeconds`. */
  secondsFor(steps: number, trainingSeconds: number): number {
    return this.pace === null ? trainingSeconds : Math.max(trainingSeconds, steps / this.pace);
  }
}
