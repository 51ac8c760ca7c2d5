/** Reads and writes the folder of a sweep; `sweep-format.ts` describes it. */
import { rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createNumberedFolder } from '../run-folder/create-folder';
import { RunFolderError, RunLockedError } from '../run-folder/errors';
import { jsonText, readVersionedJson } from '../run-folder/json-file';
import { RunLock } from '../run-folder/run-lock';
import { localizable } from '../shared/localizable-text';
import { RUN_FILES } from '../shared/run-format';
import { SWEEP_FILES, SWEEPS_FOLDER } from '../shared/sweep-files';
import { notedJobs, noteJob } from '../slurm/noted-jobs';
import { createFolder, readFolder, writeFileDurably } from '../storage/durable-file';
import { errorCode, storageError } from '../storage/storage-error';
import {
  hasEnded,
  planSchema,
  type SweepPlan,
  type Trial,
  type TrialState,
  trialFolderName,
  trialSchema,
  trialStateSchema,
} from './sweep-format';

/** A trial as it is on disk: undecided until a process takes it. */
export interface ListedTrial {
  /** From 1. */
  readonly trial: number;
  readonly decided?: Trial;
  readonly state?: TrialState;
}

export class SweepFolder {
  /** Absolute path. */
  readonly path: string;
  readonly plan: SweepPlan;
  /** Trials that have ended, and the values of those that have begun, do not change: they are read once. */
  readonly #ended = new Map<number, ListedTrial>();
  readonly #decided = new Map<number, Trial>();

  private constructor(path: string, plan: SweepPlan) {
    this.path = path;
    this.plan = plan;
  }

  /** Creates the next numbered sweep in a `gan-runs` folder. Throws `StorageError`. */
  static async create(runsFolder: string, plan: SweepPlan): Promise<SweepFolder> {
    const path = await createNumberedFolder(join(resolve(runsFolder), SWEEPS_FOLDER), plan.name, [
      SWEEP_FILES.trials,
    ]);
    await writeFileDurably(join(path, SWEEP_FILES.plan), jsonText(plan));
    return new SweepFolder(path, plan);
  }

  /** Throws `RunFolderError` if the folder is no sweep. */
  static async open(folder: string): Promise<SweepFolder> {
    const path = resolve(folder);
    const file = join(path, SWEEP_FILES.plan);
    if (!(await exists(file)))
      throw new RunFolderError(
        localizable('There is no sweep in {0}.', path),
        localizable('Pass the folder of a sweep, such as {0}.', 'gan-runs/sweeps/00001-digits'),
      );
    return new SweepFolder(path, await readVersionedJson(file, planSchema));
  }

  /** The `gan-runs` folder, where the runs of the trials are. */
  get runsFolder(): string {
    return dirname(dirname(this.path));
  }

  trialFolder(trial: number): string {
    return join(this.path, SWEEP_FILES.trials, trialFolderName(trial));
  }

  lockFile(trial: number): string {
    return join(this.trialFolder(trial), RUN_FILES.lock);
  }

  /** All trials, in order. Throws `RunFolderError` for a damaged file. */
  async trials(): Promise<ListedTrial[]> {
    const begun = new Set(await readFolder(join(this.path, SWEEP_FILES.trials)));
    const numbers = Array.from({ length: this.plan.trials }, (_, index) => index + 1);
    return await Promise.all(
      numbers.map((trial) => (begun.has(trialFolderName(trial)) ? this.#listed(trial) : { trial })),
    );
  }

  async #listed(trial: number): Promise<ListedTrial> {
    return this.#ended.get(trial) ?? (await this.trial(trial));
  }

  async trial(trial: number): Promise<ListedTrial> {
    const folder = this.trialFolder(trial);
    const decided =
      this.#decided.get(trial) ??
      (await readIfPresent(join(folder, SWEEP_FILES.trial), (file) => readVersionedJson(file, trialSchema)));
    const state = await readIfPresent(join(folder, SWEEP_FILES.state), (file) =>
      readVersionedJson(file, trialStateSchema),
    );
    const listed = {
      trial,
      ...(decided === undefined ? {} : { decided }),
      ...(state === undefined ? {} : { state }),
    };
    if (decided !== undefined) this.#decided.set(trial, decided);
    if (decided !== undefined && state !== undefined && hasEnded(state)) this.#ended.set(trial, listed);
    else this.#ended.delete(trial);
    return listed;
  }

  async createTrialFolder(trial: number): Promise<void> {
    await createFolder(this.trialFolder(trial));
  }

  /** Only the holder of the trial's lock may call this, as `writeState`. */
  async writeTrial(trial: Trial): Promise<void> {
    await writeFileDurably(join(this.trialFolder(trial.trial), SWEEP_FILES.trial), jsonText(trial));
  }

  async writeState(trial: number, state: TrialState): Promise<void> {
    this.#ended.delete(trial);
    await writeFileDurably(join(this.trialFolder(trial), SWEEP_FILES.state), jsonText(state));
  }

  /** Asks all processes that work on the sweep to stop. */
  async requestStop(): Promise<void> {
    const file = join(this.path, SWEEP_FILES.stop);
    try {
      await writeFile(file, '');
    } catch (error) {
      throw storageError(localizable('write {0}', file), error);
    }
  }

  /** Withdraws the request, and lets processes take the trials that the user stopped. Throws `StorageError`. */
  async withdrawStop(): Promise<void> {
    for (const { trial, state } of await this.trials())
      if (state?.stoppedBy !== undefined) await this.#reopen(trial);
    const file = join(this.path, SWEEP_FILES.stop);
    try {
      await rm(file, { force: true });
    } catch (error) {
      throw storageError(localizable('delete {0}', file), error);
    }
  }

  async #reopen(trial: number): Promise<void> {
    let lock: RunLock;
    try {
      lock = await RunLock.acquire(this.trialFolder(trial));
    } catch (error) {
      // Another process resumes the sweep, too.
      if (error instanceof RunLockedError) return;
      throw error;
    }
    try {
      const { state } = await this.trial(trial);
      if (state === undefined) return;
      const { stoppedBy: _, ...open } = state;
      await this.writeState(trial, open);
    } finally {
      await lock.release();
    }
  }

  async isStopRequested(): Promise<boolean> {
    return await exists(join(this.path, SWEEP_FILES.stop));
  }

  /** Folder of the batch script and of the output of its tasks. */
  get slurmFolder(): string {
    return join(this.path, SWEEP_FILES.slurm);
  }

  /** Notes that a job of Slurm works on the sweep. */
  async addJob(job: number): Promise<void> {
    await noteJob(this.slurmFolder, job);
  }

  /** Jobs of Slurm that were submitted for the sweep. */
  async jobs(): Promise<number[]> {
    return await notedJobs(this.slurmFolder);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return false;
    throw storageError(localizable('read {0}', path), error);
  }
}

async function readIfPresent<Value>(
  path: string,
  read: (path: string) => Promise<Value>,
): Promise<Value | undefined> {
  return (await exists(path)) ? await read(path) : undefined;
}
