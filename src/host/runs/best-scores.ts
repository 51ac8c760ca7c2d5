/** The best score of every run that is listed, read behind the listing, which does not wait for it. */
import { isDeepStrictEqual } from 'node:util';
import { describeError } from '../../shared/errors';
import type { BestScore } from '../../shared/scores';
import type { CataloguedRun } from './run-catalogue';
import { ScoreReader } from './score-reader';

/** Few enough to leave the disk to whoever trains. */
const PARALLEL_READS = 4;

interface Known {
  readonly reader: ScoreReader;
  /** Of the listing for which the records were read last. */
  stamp: string | undefined;
  best: BestScore | undefined;
}

/** Ended runs get no new scores until their record says so; those that go on are looked at every time. */
function stampOf({ run }: CataloguedRun): string | undefined {
  if (!('record' in run) || run.status === 'running') return undefined;
  return `${run.status} ${run.record.step} ${run.record.updatedAt}`;
}

export class BestScores {
  readonly #known = new Map<string, Known>();
  readonly #onProblem: (problem: string) => void;

  constructor(onProblem: (problem: string) => void) {
    this.#onProblem = onProblem;
  }

  of(runFolder: string): BestScore | undefined {
    return this.#known.get(runFolder)?.best;
  }

  /** Reads what is new in these runs and forgets all others. Returns whether any best score is another. */
  async read(runs: readonly CataloguedRun[]): Promise<boolean> {
    const present = new Set(runs.map(({ run }) => run.folder));
    for (const folder of this.#known.keys()) if (!present.has(folder)) this.#known.delete(folder);
    const waiting = runs.values();
    let hasChanged = false;
    const readRest = async (): Promise<void> => {
      for (const run of waiting) hasChanged = (await this.#readRun(run)) || hasChanged;
    };
    await Promise.all(Array.from({ length: PARALLEL_READS }, readRest));
    return hasChanged;
  }

  async #readRun(catalogued: CataloguedRun): Promise<boolean> {
    const { folder } = catalogued.run;
    const stamp = stampOf(catalogued);
    const known = this.#known.get(folder) ?? {
      reader: new ScoreReader(folder),
      stamp: undefined,
      best: undefined,
    };
    this.#known.set(folder, known);
    if (stamp !== undefined && stamp === known.stamp) return false;
    known.stamp = stamp;
    const before = known.best;
    try {
      known.best = await known.reader.best();
    } catch (error) {
      this.#onProblem(`${folder}: ${describeError(error)}`);
    }
    return !isDeepStrictEqual(before, known.best);
  }
}
