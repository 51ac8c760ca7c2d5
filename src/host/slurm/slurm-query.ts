/**
 * What Slurm has answered last: asked in the background, since a controller that cannot be reached takes its time, and
 * not too often, since every user of a cluster asks the same one.
 */
import { type Problem, problemOf } from '../../shared/errors';

const INTERVAL_MS = 10_000;

export class SlurmQuery<Answer> {
  #answer: Answer | undefined;
  #problem: Problem | undefined;
  /** When Slurm may be asked again, by `performance.now()`; infinite while it is being asked. */
  #nextMs = 0;

  /** Undefined before the first answer, and if Slurm could not be asked. */
  get answer(): Answer | undefined {
    return this.#answer;
  }

  /** Why Slurm could not be asked. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Asks if that is due, or if the answer is urgent and not on its way. */
  look(ask: () => Promise<Answer>, isUrgent = false): void {
    if (performance.now() >= this.#nextMs || (isUrgent && Number.isFinite(this.#nextMs))) void this.#ask(ask);
  }

  async #ask(ask: () => Promise<Answer>): Promise<void> {
    this.#nextMs = Number.POSITIVE_INFINITY;
    try {
      this.#answer = await ask();
      this.#problem = undefined;
    } catch (error) {
      this.#answer = undefined;
      this.#problem = problemOf(error);
    } finally {
      this.#nextMs = performance.now() + INTERVAL_MS;
    }
  }
}
