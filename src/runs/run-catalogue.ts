/** The runs in several folders, cheap to read repeatedly: unchanged runs are not read again. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { checkpointPath, checkpointSteps } from '../run-folder/checkpoints';
import { pinnedSteps, readLabels } from '../run-folder/control';
import { runNumber } from '../run-folder/create-folder';
import { type ListedRun, readRun } from '../run-folder/list-runs';
import { LockObserver } from '../run-folder/lock-file';
import { pathInRun } from '../run-folder/path-in-run';
import { describeError, type Problem, problemOf } from '../shared/errors';
import { CONTROL_FILES, isLive, RUN_FILES, RUN_SCHEMA_VERSION, type RunLabels } from '../shared/run-format';
import { readFolder } from '../storage/durable-file';

export interface CataloguedRun {
  readonly run: ListedRun;
  readonly labels: RunLabels;
  /** Why the labels could not be read. */
  readonly labelsProblem?: Problem;
}

interface RunPlace {
  readonly runsFolder: string;
  readonly name: string;
  readonly number: number;
}

export interface ListedCheckpoint {
  readonly step: number;
  readonly isLatest: boolean;
  readonly isPinned: boolean;
  /** Has the run's best score. */
  readonly isBest: boolean;
  /** Not a regular file, or empty. */
  readonly isDamaged: boolean;
}

const NO_LABELS: RunLabels = { schemaVersion: RUN_SCHEMA_VERSION, tags: [], note: '' };

/** Enough to keep a disk busy, few enough for any limit on open files. */
const PARALLEL_READS = 32;

/** Changes whenever one of the files changes, in content or permissions. */
async function fingerprint(...files: readonly string[]): Promise<string> {
  const parts = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ mtimeMs, ctimeMs, size }) => `${mtimeMs} ${ctimeMs} ${size}`,
        () => 'absent',
      ),
    ),
  );
  return parts.join(' ');
}

/** A live run may turn out to be dead without any file changing; every other change begins with a file. */
function mayChangeByItself({ run }: CataloguedRun): boolean {
  return 'status' in run && isLive(run.status);
}

export class RunCatalogue {
  readonly #observer = new LockObserver();
  readonly #known = new Map<string, { readonly fingerprint: string; readonly run: CataloguedRun }>();
  readonly #onProblem: (problem: string) => void;

  /** `onProblem` receives read errors; the remaining runs are listed nevertheless. */
  constructor(onProblem: (problem: string) => void) {
    this.#onProblem = onProblem;
  }

  /** The runs in these `gan-runs` folders, newest first; missing folders count as empty. */
  async read(runsFolders: readonly string[]): Promise<readonly CataloguedRun[]> {
    const folders: RunPlace[] = [];
    for (const runsFolder of runsFolders) {
      for (const name of await this.#namesIn(runsFolder)) {
        const number = runNumber(name);
        if (number !== undefined) folders.push({ runsFolder, name, number });
      }
    }
    folders.sort((a, b) => b.number - a.number);
    const runs: CataloguedRun[] = [];
    for (let begin = 0; begin < folders.length; begin += PARALLEL_READS) {
      const part = folders.slice(begin, begin + PARALLEL_READS);
      runs.push(...(await Promise.all(part.map((place) => this.#read(place)))));
    }
    return runs;
  }

  async #namesIn(runsFolder: string): Promise<readonly string[]> {
    try {
      return await readFolder(runsFolder);
    } catch (error) {
      this.#onProblem(describeError(error));
      return [];
    }
  }

  async #read({ runsFolder, name }: RunPlace): Promise<CataloguedRun> {
    const folder = join(runsFolder, name);
    const present = await fingerprint(
      join(folder, RUN_FILES.run),
      join(folder, RUN_FILES.lock),
      join(folder, RUN_FILES.control, CONTROL_FILES.labels),
    );
    const known = this.#known.get(folder);
    if (known?.fingerprint === present && !mayChangeByItself(known.run)) return known.run;
    const read = await this.#readNow(runsFolder, name);
    // Returns the same object while its content is unchanged: callers compare by identity only.
    const run = known !== undefined && isDeepStrictEqual(known.run, read) ? known.run : read;
    this.#known.set(folder, { fingerprint: present, run });
    return run;
  }

  async #readNow(runsFolder: string, name: string): Promise<CataloguedRun> {
    const folder = join(runsFolder, name);
    try {
      await pathInRun(runsFolder, name);
    } catch (error) {
      return { run: { folder, ...problemOf(error) }, labels: NO_LABELS };
    }
    const run = await readRun(folder, this.#observer);
    try {
      return { run, labels: await readLabels(folder) };
    } catch (error) {
      const labelsProblem = problemOf(error);
      this.#onProblem(labelsProblem.problem);
      return { run, labels: NO_LABELS, labelsProblem };
    }
  }
}

async function isDamaged(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found === undefined || !found.isFile() || found.size === 0;
}

/**
 * The checkpoints of a run: the latest, the best if `bestStep` has one, the pinned ones, then the others; newest first
 * within each group. Throws `StorageError`.
 */
export async function listCheckpoints(
  runFolder: string,
  bestStep?: number,
): Promise<readonly ListedCheckpoint[]> {
  const steps = await checkpointSteps(runFolder);
  const pinned = await pinnedSteps(runFolder);
  const latest = steps.at(-1);
  const listed = await Promise.all(
    steps.reverse().map(async (step) => ({
      step,
      isLatest: step === latest,
      isPinned: pinned.has(step),
      isBest: step === bestStep,
      isDamaged: await isDamaged(checkpointPath(runFolder, step)),
    })),
  );
  const rank = ({ isLatest, isBest, isPinned }: ListedCheckpoint): number =>
    [isLatest, isBest, isPinned, true].indexOf(true);
  return listed.toSorted((a, b) => rank(a) - rank(b));
}
