/** The best score of every listed run, read in the background so that the listing does not wait. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { problemOf } from '../shared/errors';
import { CONTROL_FILES, RUN_FILES } from '../shared/run-format';
import type { CataloguedRun } from './run-catalogue';
import { type ScoreLook, ScoreReader } from './score-reader';

/** Few enough to leave disk bandwidth for training. */
const PARALLEL_READS = 4;

interface Known {
  readonly reader: ScoreReader;
  /** Stamp of the listing when the records were last read. */
  stamp: string | undefined;
  look: ScoreLook;
}

/**
 * An ended run can have new scores only if its record changed or a checkpoint was evaluated; running runs are read
 * every time.
 */
async function stampOf({ run }: CataloguedRun): Promise<string | undefined> {
  if (!('record' in run) || run.status === 'running') return undefined;
  const scores = join(run.folder, RUN_FILES.control, CONTROL_FILES.scores);
  const evaluated = await stat(scores).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return `${run.status} ${run.record.step} ${run.record.updatedAt} ${evaluated}`;
}

export class BestScores {
  readonly #known = new Map<string, Known>();

  /** Empty until the run has been read. */
  of(runFolder: string): ScoreLook {
    return this.#known.get(runFolder)?.look ?? {};
  }

  /** Reads what is new in these runs and drops all others. Returns the folders of the runs whose result changed. */
  async read(runs: readonly CataloguedRun[]): Promise<readonly string[]> {
    const present = new Set(runs.map(({ run }) => run.folder));
    for (const folder of this.#known.keys()) if (!present.has(folder)) this.#known.delete(folder);
    const waiting = runs.values();
    const changed: string[] = [];
    const readRest = async (): Promise<void> => {
      for (const run of waiting) if (await this.#readRun(run)) changed.push(run.run.folder);
    };
    await Promise.all(Array.from({ length: PARALLEL_READS }, readRest));
    return changed;
  }

  /** Returns whether the result changed. */
  async #readRun(catalogued: CataloguedRun): Promise<boolean> {
    const { folder } = catalogued.run;
    const stamp = await stampOf(catalogued);
    const known: Known = this.#known.get(folder) ?? {
      reader: new ScoreReader(folder),
      stamp: undefined,
      look: {},
    };
    this.#known.set(folder, known);
    if (stamp !== undefined && stamp === known.stamp) return false;
    known.stamp = stamp;
    const before = known.look;
    try {
      known.look = await known.reader.look();
      if (known.reader.hasMore) known.stamp = undefined;
    } catch (error) {
      known.look = { problem: problemOf(error) };
    }
    return !isDeepStrictEqual(before, known.look);
  }
}
