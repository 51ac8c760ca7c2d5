/** When each step of a run was made: the records know the seconds of training. */
import type { StepRecord } from '../shared/run-format';

export class StepClock {
  readonly #begun: number;
  readonly #steps: Pick<StepRecord, 'step' | 'seconds'>[] = [];

  /** @param begun seconds since 1970 */
  constructor(begun: number) {
    this.#begun = begun;
  }

  /** Records must be added in order of step. */
  add({ step, seconds }: StepRecord): void {
    this.#steps.push({ step, seconds });
  }

  /** In seconds since 1970. */
  at(step: number): number {
    const known = this.#steps.findLast((record) => record.step <= step);
    return this.#begun + (known?.seconds ?? 0);
  }
}
