/**
 * The folder of a training that is a batch job, `gan-runs/slurm/00001-name`: what is trained (`job.json`, written once), the
 * batch script, the output of each task, and an empty file named after each submitted job.
 *
 * Its run is an ordinary one in `gan-runs`, whose record names the folder. A task that is requeued, or whose script is
 * submitted again, thus goes on with the run that an earlier one has begun.
 */
import { basename, dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { createNumberedFolder, runNumber } from '../run-folder/create-folder';
import { RunFolderError } from '../run-folder/errors';
import { jsonText, readVersionedJson } from '../run-folder/json-file';
import { readRunRecord } from '../run-folder/run-record';
import { readFolder, writeFileDurably } from '../storage/durable-file';
import { notedJobs, noteJob } from './noted-jobs';

const JOBS_FOLDER = 'slurm';
const PLAN_FILE = 'job.json';
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
    const path = await createNumberedFolder(join(resolve(runsFolder), JOBS_FOLDER), name, []);
    await writeFileDurably(join(path, PLAN_FILE), jsonText(plan));
    return new JobFolder(path, plan);
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

  async addJob(job: number): Promise<void> {
    await noteJob(this.path, job);
  }

  /** Jobs of Slurm that were submitted. */
  async jobs(): Promise<number[]> {
    return await notedJobs(this.path);
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
