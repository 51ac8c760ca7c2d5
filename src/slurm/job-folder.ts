/**
 * The folder of a training that is a batch job, `gan-runs/slurm/00001-name`: what is trained (`job.json`, written once), the
 * batch script, the output of each task, an empty file named after each submitted job, and one that says if it was
 * cancelled.
 *
 * Its run is an ordinary one in `gan-runs`, whose record names the folder. A task that is requeued, or whose script is
 * submitted again, thus goes on with the run that an earlier one has begun.
 */
import { rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { createNumberedFolder, runNumber } from '../run-folder/create-folder';
import { RunFolderError } from '../run-folder/errors';
import { jsonText, readVersionedJson } from '../run-folder/json-file';
import { readRunRecord } from '../run-folder/run-record';
import { localizable } from '../shared/localizable-text';
import { BATCH_JOBS_FOLDER } from '../shared/run-format';
import { readFolder, writeFileDurably } from '../storage/durable-file';
import { storageError } from '../storage/storage-error';
import { jobsAmong, noteJob } from './noted-jobs';
import { cancelJob } from './slurm';

const PLAN_FILE = 'job.json';
const CANCELLED_FILE = 'cancelled';
/** Name of the batch script. */
export const BATCH_SCRIPT = 'job.sh';

const planSchema = z.object({
  schemaVersion: z.int().min(1),
  /** Absolute path. */
  experimentFile: z.string(),
  /** When it was submitted: later changes of the file do not change the job. */
  experimentText: z.string(),
  /** `key=value`, later ones take precedence. */
  overrides: z.array(z.string()),
  createdAt: z.iso.datetime(),
});
export type JobPlan = z.output<typeof planSchema>;

export class JobFolder {
  /** Absolute path. */
  readonly path: string;
  readonly plan: JobPlan;

  private constructor(path: string, plan: JobPlan) {
    this.path = path;
    this.plan = plan;
  }

  /** Creates the next numbered job in a `gan-runs` folder. Throws `StorageError`. */
  static async create(runsFolder: string, name: string, plan: JobPlan): Promise<JobFolder> {
    const path = await createNumberedFolder(join(resolve(runsFolder), BATCH_JOBS_FOLDER), name, []);
    await writeFileDurably(join(path, PLAN_FILE), jsonText(plan));
    return new JobFolder(path, plan);
  }

  /** Paths of the jobs in a `gan-runs` folder, oldest first. Throws `StorageError`. */
  static async list(runsFolder: string): Promise<string[]> {
    const parent = join(resolve(runsFolder), BATCH_JOBS_FOLDER);
    const names = (await readFolder(parent)).filter((name) => runNumber(name) !== undefined);
    return names.map((name) => join(parent, name));
  }

  /** Throws `RunFolderError` if the folder is no job. */
  static async open(folder: string): Promise<JobFolder> {
    const path = resolve(folder);
    return new JobFolder(path, await readVersionedJson(join(path, PLAN_FILE), planSchema));
  }

  /** As the record of its run has it. */
  get name(): string {
    return basename(this.path);
  }

  /** The `gan-runs` folder. */
  get runsFolder(): string {
    return dirname(dirname(this.path));
  }

  get script(): string {
    return join(this.path, BATCH_SCRIPT);
  }

  /** A job that is submitted after others were cancelled trains. Throws `StorageError`. */
  async addJob(job: number): Promise<void> {
    await noteJob(this.path, job);
    const file = join(this.path, CANCELLED_FILE);
    try {
      await rm(file, { force: true });
    } catch (error) {
      throw storageError(localizable('delete {0}', file), error);
    }
  }

  /** The jobs of Slurm that were submitted, oldest first, and whether they were cancelled. Throws `StorageError`. */
  async submitted(): Promise<{ readonly jobs: readonly number[]; readonly areCancelled: boolean }> {
    const names = await readFolder(this.path);
    return { jobs: jobsAmong(names), areCancelled: names.includes(CANCELLED_FILE) };
  }

  /** Cancels the jobs, whether they have begun or not. Throws `SlurmError`, `StorageError`. */
  async cancel(): Promise<void> {
    const { jobs } = await this.submitted();
    for (const job of jobs) await cancelJob(job);
    await writeFileDurably(join(this.path, CANCELLED_FILE), '');
  }

  /** Absolute path of the run that an earlier task has begun; undefined if there is none. */
  async run(): Promise<string | undefined> {
    const names = (await readFolder(this.runsFolder)).filter((name) => runNumber(name) !== undefined);
    for (const name of names.sort().reverse()) {
      const folder = join(this.runsFolder, name);
      try {
        if ((await readRunRecord(folder)).batchJob === this.name) return folder;
      } catch (error) {
        // Other runs of the folder may be damaged or deleted.
        if (!(error instanceof RunFolderError)) throw error;
      }
    }
    return undefined;
  }
}
