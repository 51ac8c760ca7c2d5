/** Schedules the training jobs requested in the editor: a limited number run in parallel, the others are queued. */
import { EventEmitter } from 'node:events';
import type { TrainingIsolation } from '../../shared/contributions';
import { describeError } from '../../shared/errors';
import type { LiveSample } from '../../shared/point-sample';
import type { TrainingFailure, TrainingRequest } from '../../shared/worker-protocol';
import { type JobLog, TrainingJob, type TrainingWorker } from './training-job';

export interface TrainingManagerOptions {
  /** @param isolation overrides the user's choice */
  readonly openWorker: (isolation?: TrainingIsolation) => TrainingWorker;
  /** Maximum number of parallel runs; anything but a number from 1 counts as 1. Read whenever a job could start. */
  readonly maxParallel: () => number;
  /** Records the failure of a run in its folder on behalf of its dead worker. */
  readonly recordDeath: (runFolder: string, failure: TrainingFailure) => Promise<void>;
  readonly log: JobLog;
}

interface ManagerEvents {
  /** A job was added, changed or removed. */
  changed: [];
  /**
   * The run folder of a job was opened for the first time in this session; `hasWaited` if it was queued behind others.
   */
  opened: [job: TrainingJob, runFolder: string, hasWaited: boolean];
  /** A checkpoint of a job is complete and on disk. */
  saved: [job: TrainingJob, step: number];
  /** A sample of the present step of a job that is watched. */
  liveSample: [job: TrainingJob, live: LiveSample];
  /** A job has ended and its worker has exited. */
  ended: [TrainingJob];
}

export class TrainingManager {
  readonly events = new EventEmitter<ManagerEvents>();
  readonly #options: TrainingManagerOptions;
  /** From the queue to the exit of the worker, in order of request. */
  readonly #jobs = new Set<TrainingJob>();
  readonly #begun = new Set<TrainingJob>();
  readonly #opened = new Set<TrainingJob>();
  readonly #waited = new Set<TrainingJob>();
  /** Jobs that start regardless of the limit. */
  readonly #urgent = new Set<TrainingJob>();
  #closing = false;

  constructor(options: TrainingManagerOptions) {
    this.#options = options;
    // Every open dashboard subscribes, and their number is unlimited.
    this.events.setMaxListeners(0);
  }

  get jobs(): readonly TrainingJob[] {
    return [...this.#jobs];
  }

  jobOfRun(runFolder: string): TrainingJob | undefined {
    return this.jobs.findLast((job) => job.runFolder === runFolder);
  }

  /** Queues a training job and starts it when its turn comes. */
  add(request: TrainingRequest): TrainingJob {
    return this.#queue(request, 'queued');
  }

  /** Lists a job that an earlier window did not start; it starts after `releaseHeld` or `beginNow`. */
  hold(request: TrainingRequest): TrainingJob {
    return this.#queue(request, 'held');
  }

  /** Moves held jobs into the queue. */
  releaseHeld(): void {
    for (const job of this.#jobs) job.release();
    this.beginNext();
  }

  #queue(request: TrainingRequest, state: 'queued' | 'held'): TrainingJob {
    const listener = {
      changed: () => this.#changed(job),
      saved: (step: number) => this.events.emit('saved', job, step),
      liveSample: (live: LiveSample) => this.events.emit('liveSample', job, live),
      exited: (death: TrainingFailure | undefined) => void this.#exited(job, death),
      needsProcess: () => this.#begin(job),
    };
    const job = new TrainingJob(request, this.#options.log, listener, state);
    this.#jobs.add(job);
    this.beginNext();
    if (!this.#begun.has(job)) this.#waited.add(job);
    this.events.emit('changed');
    return job;
  }

  /** Starts a waiting job in addition to the running ones, or as soon as its run is free. */
  beginNow(job: TrainingJob): void {
    this.#urgent.add(job);
    this.beginNext();
  }

  /** Whether the editor is shutting down, which ends all training. */
  get isClosing(): boolean {
    return this.#closing;
  }

  /** Stops every job after its current step and waits until the last worker has exited by itself. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const job of this.#jobs) job.steer('shutdown');
    while (this.#jobs.size > 0)
      await new Promise((resolve) => this.events.once('changed', () => resolve(undefined)));
  }

  /** Starts waiting jobs up to the limit; call it also when that setting has changed. */
  beginNext(): void {
    for (const job of this.#jobs) {
      // A setting that is not a number must not lift the limit.
      const most = this.#options.maxParallel();
      if (this.#closing) return;
      const isFull = this.#begun.size >= (most >= 1 ? most : 1);
      if ((isFull || job.state === 'held') && !this.#urgent.has(job)) continue;
      if (this.#begun.has(job) || job.hasEnded || this.#isRunTaken(job)) continue;
      this.#begin(job);
    }
  }

  #begin(job: TrainingJob): void {
    this.#begun.add(job);
    job.begin(this.#options.openWorker(job.needsProcess ? 'process' : undefined));
  }

  /** A run has one writer: a job for a run whose last worker is still alive waits for its exit. */
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
