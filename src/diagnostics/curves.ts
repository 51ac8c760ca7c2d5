/** The step records available to rules: the newest ones, and the first ones to compare them with. */
import type { StepRecord } from '../shared/run-format';
import { BEGINNING_RECORDS, LONGEST_WINDOW } from './thresholds';

export type NumberOf = (record: StepRecord) => number;

export class Curves {
  #records: StepRecord[] = [];
  readonly #beginning: StepRecord[] = [];
  #count = 0;

  add(record: StepRecord): void {
    this.#count++;
    if (this.#beginning.length < BEGINNING_RECORDS) this.#beginning.push(record);
    this.#records.push(record);
    // Trimmed at twice the length, so that records are copied only occasionally rather than at each step.
    if (this.#records.length >= 2 * LONGEST_WINDOW) this.#records = this.#records.slice(-LONGEST_WINDOW);
  }

  /** Number of records so far. */
  get count(): number {
    return this.#count;
  }

  get newest(): StepRecord | undefined {
    return this.#records.at(-1);
  }

  /** Returns the newest `count` records (at most `LONGEST_WINDOW`), newest last; undefined while there are fewer. */
  last(count: number): readonly StepRecord[] | undefined {
    return this.#records.length < count ? undefined : this.#records.slice(-count);
  }

  /** The first records; undefined until all of them have been added. */
  get beginning(): readonly StepRecord[] | undefined {
    return this.#beginning.length < BEGINNING_RECORDS ? undefined : this.#beginning;
  }
}

export function meanOf(records: readonly StepRecord[], of: NumberOf): number {
  let sum = 0;
  for (const record of records) sum += of(record);
  return sum / records.length;
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function shareOf(records: readonly StepRecord[], isSo: (record: StepRecord) => boolean): number {
  let count = 0;
  for (const record of records) if (isSo(record)) count++;
  return count / records.length;
}
