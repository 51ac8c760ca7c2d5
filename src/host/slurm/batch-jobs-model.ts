/** Trainings that are batch jobs of Slurm, by their folders in the workspace: read again while a view shows them. */
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Disposable, EventEmitter } from 'vscode';
import type { CataloguedRun } from '../../runs/run-catalogue';
import type { Problem } from '../../shared/errors';
import { BATCH_JOBS_FOLDER, isLive } from '../../shared/run-format';
import type { SlurmTasks } from '../../shared/sweep-protocol';
import type { JobFolder } from '../../slurm/job-folder';
import type { SlurmPlace } from '../../slurm/slurm';
import { FolderPoll } from '../experiments/folder-poll';
import type { RunsModel } from '../experiments/runs-model';
import { SlurmQuery } from './slurm-query';

/** `submitted`: Slurm has not been asked, or cannot be; `ended`: Slurm no longer knows the job. */
export type BatchJobState =
  | { readonly kind: 'submitted'; readonly problem?: Problem }
  | { readonly kind: 'waiting'; readonly reason: string }
  | { readonly kind: 'running'; readonly node: string }
  | { readonly kind: 'ended' };

export interface BatchJob {
  /** Absolute path. */
  readonly folder: string;
  /** Absolute path, as it was when the job was submitted. */
  readonly experimentFile: string;
  /** Number of the job that was submitted last. */
  readonly job: number;
  readonly state: BatchJobState;
}

interface BatchJobServices {
  readonly runs: Pick<RunsModel, 'firstLook' | 'runsFolders' | 'runs'>;
}

export class BatchJobsModel implements Disposable {
  readonly #host: BatchJobServices;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  /** What is in a folder for good; undefined if it is no job. */
  readonly #opened = new Map<string, JobFolder | undefined>();
  readonly #poll = new FolderPoll(() => this.#refresh());
  #jobs: readonly BatchJob[] = [];
  /** By number; undefined if Slurm has no task of it. */
  readonly #slurm = new SlurmQuery<ReadonlyMap<number, SlurmTasks | undefined>>();

  constructor(host: BatchJobServices) {
    this.#host = host;
  }

  /** Jobs that have no run yet, and those whose run waits to go on; newest first. */
  get jobs(): readonly BatchJob[] {
    const runs = this.#runsByJob();
    return this.#jobs
      .filter(({ folder, state }) => !runs.has(folder) || state.kind === 'waiting')
      .toReversed();
  }

  /** Where Slurm trains a run. */
  placeOf(runFolder: string): SlurmPlace | undefined {
    const runs = this.#runsByJob();
    const job = this.#jobs.find(({ folder }) => runs.get(folder)?.run.folder === runFolder);
    return job?.state.kind === 'running' ? { job: String(job.job), node: job.state.node } : undefined;
  }

  /** Polls until it is disposed. */
  watch(): Disposable {
    return this.#poll.watch();
  }

  /** Reads the folders. Calls made meanwhile share it. */
  async refresh(): Promise<void> {
    await this.#poll.refresh();
  }

  dispose(): void {
    this.#poll.dispose();
    this.#changed.dispose();
  }

  async #refresh(): Promise<void> {
    await this.#host.runs.firstLook();
    const before = this.#jobs;
    // An unreadable folder is reported with its runs.
    this.#jobs = await this.#read().catch(() => before);
    const numbers = this.#jobs.map(({ job }) => job);
    const { answer, problem } = this.#slurm;
    const isNew = problem === undefined && numbers.some((job) => answer?.has(job) !== true);
    if (numbers.length > 0) this.#slurm.look(() => tasksByJob(numbers), isNew);
    if (!isDeepStrictEqual(this.#jobs, before)) this.#changed.fire();
  }

  async #read(): Promise<readonly BatchJob[]> {
    const { runsFolders } = this.#host.runs;
    if (runsFolders.length === 0) return [];
    // Loads the validation library, which a window without runs never needs.
    const { JobFolder } = await import('../../slurm/job-folder');
    const runs = this.#runsByJob();
    const jobs: BatchJob[] = [];
    for (const runsFolder of runsFolders)
      for (const path of await JobFolder.list(runsFolder)) {
        if (!this.#opened.has(path))
          this.#opened.set(path, await JobFolder.open(path).catch(() => undefined));
        const folder = this.#opened.get(path);
        const read = folder === undefined ? undefined : await this.#readJob(folder, runs.get(path));
        if (read !== undefined) jobs.push(read);
      }
    return jobs;
  }

  /** Undefined for a job that was not submitted or was cancelled, or whose run has ended. */
  async #readJob(folder: JobFolder, run: CataloguedRun | undefined): Promise<BatchJob | undefined> {
    const status = run !== undefined && 'status' in run.run ? run.run.status : undefined;
    if (status === 'completed') return undefined;
    const { jobs, areCancelled } = await folder.submitted();
    const job = jobs.at(-1);
    if (job === undefined || areCancelled) return undefined;
    const state = this.#stateOf(job);
    if (state.kind === 'ended' && status !== undefined && !isLive(status)) return undefined;
    return { folder: folder.path, experimentFile: folder.plan.experimentFile, job, state };
  }

  #stateOf(job: number): BatchJobState {
    const { answer, problem } = this.#slurm;
    if (answer?.has(job) !== true)
      return { kind: 'submitted', ...(problem === undefined ? {} : { problem }) };
    const tasks = answer.get(job);
    if (tasks === undefined) return { kind: 'ended' };
    if (tasks.state === 'PENDING') return { kind: 'waiting', reason: tasks.reason };
    return { kind: 'running', node: tasks.reason };
  }

  #runsByJob(): ReadonlyMap<string, CataloguedRun> {
    return new Map(
      this.#host.runs.runs.flatMap((entry) => {
        const { run } = entry;
        if (!('record' in run) || run.record.batchJob === undefined) return [];
        // A damaged name must not lead out of the folder.
        return [
          [join(dirname(run.folder), BATCH_JOBS_FOLDER, basename(run.record.batchJob)), entry],
        ] as const;
      }),
    );
  }
}

async function tasksByJob(jobs: readonly number[]): Promise<ReadonlyMap<number, SlurmTasks | undefined>> {
  const { queuedTasks } = await import('../../slurm/slurm');
  const tasks = await queuedTasks(jobs);
  return new Map(jobs.map((job) => [job, tasks.find((one) => one.job === job)]));
}
