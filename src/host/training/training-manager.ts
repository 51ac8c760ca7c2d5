/** Trains what the editor is asked to train: some runs at a time, the others wait in a queue. */
import { EventEmitter } from 'node:events';
import { describeError } from '../../shared/errors';
import type { TrainingFailure, TrainingRequest } from '../../shared/worker-protocol';
import { type JobLog, TrainingJob, type TrainingWorker } from './training-job';

export interface TrainingManagerOptions {
  readonly openWorker: () => TrainingWorker;
  /** Runs that are trained at the same time, 1 where it is no number from 1; asked again whenever one could start. */
  readonly maxParallel: () => number;
  /** Writes the failure of a run whose worker died into its folder, in the worker's place. */
  readonly recordDeath: (runFolder: string, failure: TrainingFailure) => Promise<void>;
  readonly log: JobLog;
}

interface ManagerEvents {
  /** A job was added, changed or is gone. */
  changed: [];
  /** The run folder of a job is there for the first time in this session; `hasWaited` where others came before it. */
  opened: [job: TrainingJob, runFolder: string, hasWaited: boolean];
  /** A checkpoint of a job is whole and on disk. */
  saved: [job: TrainingJob, step: number];
  /** A job has ended and its worker is gone. */
  ended: [TrainingJob];
}

export class TrainingManager {
  readonly events = new EventEmitter<ManagerEvents>();
  readonly #options: TrainingManagerOptions;
  /** From the queue to the exit of the worker, in the order in which they were asked for. */
  readonly #jobs = new Set<TrainingJob>();
  readonly #begun = new Set<TrainingJob>();
  readonly #opened = new Set<TrainingJob>();
  readonly #waited = new Set<TrainingJob>();
  /** Those that begin whatever the setting says. */
  readonly #urgent = new Set<TrainingJob>();
  #closing = false;

  constructor(options: TrainingManagerOptions) {
    this.#options = options;
    // Every open dashboard listens, and people open as many as they like.
    this.events.setMaxListeners(0);
  }

  get jobs(): readonly TrainingJob[] {
    return [...this.#jobs];
  }

  jobOfRun(runFolder: string): TrainingJob | undefined {
    return this.jobs.findLast((job) => job.runFolder === runFolder);
  }

  /** Puts a training into the queue and begins it when its turn has come. */
  add(request: TrainingRequest): TrainingJob {
    return this.#queue(request, 'queued');
  }

  /** Lists a training that an earlier window did not get to; it begins when it is released, or begun now. */
  hold(request: TrainingRequest): TrainingJob {
    return this.#queue(request, 'held');
  }

  /** Lets those that are held begin when their turn comes. */
  releaseHeld(): void {
    for (const job of this.#jobs) job.release();
    this.beginNext();
  }

  #queue(request: TrainingRequest, state: 'queued' | 'held'): TrainingJob {
    const listener = {
      changed: () => this.#changed(job),
      saved: (step: number) => this.events.emit('saved', job, step),
      exited: (death: TrainingFailure | undefined) => void this.#exited(job, death),
    };
    const job = new TrainingJob(request, this.#options.log, listener, state);
    this.#jobs.add(job);
    this.beginNext();
    if (!this.#begun.has(job)) this.#waited.add(job);
    this.events.emit('changed');
    return job;
  }

  /** Begins a job that waits beside those that are trained, or as soon as its run is free. */
  beginNow(job: TrainingJob): void {
    this.#urgent.add(job);
    this.beginNext();
  }

  /** Whether the editor is going away, and takes what is trained with it. */
  get isClosing(): boolean {
    return this.#closing;
  }

  /** Stops every job after the step under way and waits until the last worker has ended by itself. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const job of this.#jobs) job.steer('shutdown');
    while (this.#jobs.size > 0)
      await new Promise((resolve) => this.events.once('changed', () => resolve(undefined)));
  }

  /** Begins what waits, as far as the setting admits it; to be called also when that has changed. */
  beginNext(): void {
    for (const job of this.#jobs) {
      // A setting that is no number must not lift the limit.
      const most = this.#options.maxParallel();
      if (this.#closing) return;
      const isFull = this.#begun.size >= (most >= 1 ? most : 1);
      if ((isFull || job.state === 'held') && !this.#urgent.has(job)) continue;
      if (this.#begun.has(job) || job.hasEnded || this.#isRunTaken(job)) continue;
      this.#begun.add(job);
      job.begin(this.#options.openWorker());
    }
  }

  /** A run has one writer; a job for a run whose last worker is not gone yet waits for that. */
  #isRunTaken(job: TrainingJob): boolean {
    return [...this.#begun].some(
      (other) => other.runFolder !== undefined && other.runFolder === job.runFolder,
    );
  }

  #changed(job: TrainingJob): void {
    const { runFolder } = job;
    if (runFolder !== undefined && this.#begun.has(job) && !this.#opened.has(job)) {
      this.#opened.add(job);
      this.events.emit('opened', job, runFolder, this.#waited.has(job));
    }
    if (job.hasEnded && !this.#begun.has(job)) this.#remove(job);
    else this.events.emit('changed');
  }

  async #exited(job: TrainingJob, death: TrainingFailure | undefined): Promise<void> {
    const { runFolder } = job;
    if (death !== undefined && runFolder !== undefined) {
      try {
        await this.#options.recordDeath(runFolder, death);
      } catch (error) {
        this.#options.log.error(`The failure was not recorded in ${runFolder}: ${describeError(error)}`);
      }
    }
    this.#remove(job);
    this.events.emit('ended', job);
  }

  #remove(job: TrainingJob): void {
    this.#jobs.delete(job);
    this.#begun.delete(job);
    this.#opened.delete(job);
    this.#waited.delete(job);
    this.#urgent.delete(job);
    this.beginNext();
    this.events.emit('changed');
  }
}
