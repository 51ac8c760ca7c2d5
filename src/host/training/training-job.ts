/** One training that the editor has been asked for, from its place in the queue to the end of its worker. */
import { basename } from 'node:path';
import type { TrainingIsolation } from '../../shared/contributions';
import { causeOf } from '../../shared/errors';
import type { EvaluationProgress } from '../../shared/evaluation-progress';
import { formatText, localizable } from '../../shared/localizable-text';
import {
  type Envelope,
  type FromWorker,
  type ImportingProgress,
  Receiver,
  Sender,
  type SteeringRequest,
  type ToWorker,
  type TrainingFailure,
  type TrainingRequest,
  type WorkerProgress,
} from '../../shared/worker-protocol';

/**
 * A thread or a process that trains one job. A thread is never terminated: that would abort the whole extension host in
 * a step.
 */
export interface TrainingWorker {
  readonly isolation: TrainingIsolation;
  postMessage(message: Envelope<ToWorker>): void;
  on(event: 'message', listener: (message: Envelope<FromWorker>) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  /** `code` is null where a signal ended it. */
  on(event: 'exit', listener: (code: number | null) => void): unknown;
}

export type JobState =
  | 'queued'
  /** In the queue of a window that is gone; it waits until the person says so, whatever is free. */
  | 'held'
  | 'starting'
  | 'running'
  | 'paused'
  | 'stopping'
  | 'completed'
  | 'stopped'
  | 'failed';

export interface JobLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Told after each change; `exited` once, when the worker is gone, with how it went if it did not say so itself. */
export interface JobListener {
  changed(): void;
  /** A checkpoint is on disk. */
  saved(step: number): void;
  exited(death: TrainingFailure | undefined): void;
}

export class TrainingJob {
  readonly id = crypto.randomUUID();
  readonly request: TrainingRequest;
  readonly #log: JobLog;
  readonly #listener: JobListener;
  #state: JobState;
  #runFolder: string | undefined;
  #progress: WorkerProgress | undefined;
  #importing: ImportingProgress | undefined;
  #scoring: EvaluationProgress | undefined;
  #endStep: number | undefined;
  #failure: TrainingFailure | undefined;
  #sender: Sender<ToWorker> | undefined;

  constructor(
    request: TrainingRequest,
    log: JobLog,
    listener: JobListener,
    state: 'queued' | 'held' = 'queued',
  ) {
    this.request = request;
    this.#state = state;
    this.#log = log;
    this.#listener = listener;
    if (request.type === 'resume') this.#runFolder = request.runFolder;
  }

  get state(): JobState {
    return this.#state;
  }

  /** Absolute path; undefined until a new run has its folder. */
  get runFolder(): string | undefined {
    return this.#runFolder;
  }

  get progress(): WorkerProgress | undefined {
    return this.#progress;
  }

  /** How far bringing its images into the cache is; undefined when that is over, or was not needed. */
  get importing(): ImportingProgress | undefined {
    return this.#runFolder === undefined || this.#state === 'starting' ? this.#importing : undefined;
  }

  /** While the generator is scored, and steps stand still. */
  get scoring(): EvaluationProgress | undefined {
    return this.#state === 'running' ? this.#scoring : undefined;
  }

  /** Steps done when it ended, which are fewer than it was to have where scores ended it. */
  get endStep(): number | undefined {
    return this.#endStep;
  }

  get failure(): TrainingFailure | undefined {
    return this.#failure;
  }

  /** What people know it by: the run's folder, or the experiment as long as there is none. */
  get title(): string {
    if (this.#runFolder !== undefined) return basename(this.#runFolder);
    const { request } = this;
    if (request.type === 'start') return basename(request.experimentFile);
    // A run that is resumed has had its folder from the beginning: this is a new one.
    return request.type === 'fork' ? `${basename(request.runFolder)}@${request.fromStep}` : '';
  }

  /** Whether its run folder, if it has one, still tells of the training before. */
  get isBeginning(): boolean {
    return this.isWaiting || this.#state === 'starting';
  }

  /** Whether no worker has been given it yet. */
  get isWaiting(): boolean {
    return this.#state === 'queued' || this.#state === 'held';
  }

  get hasEnded(): boolean {
    return this.#state === 'completed' || this.#state === 'stopped' || this.#state === 'failed';
  }

  begin(worker: TrainingWorker): void {
    const receiver = new Receiver(this.id);
    worker.on('message', (message) => {
      const problem = receiver.problem(message);
      if (problem !== undefined) this.#log.warn(problem);
      this.#receive(message);
    });
    let reason: unknown;
    worker.on('error', (error) => {
      reason = error;
    });
    worker.on('exit', (code) => this.#exit(worker.isolation, code, reason));
    this.#sender = new Sender<ToWorker>(this.id, (envelope) => worker.postMessage(envelope));
    this.#sender.send({ type: 'train', request: this.request });
    this.#become('starting');
  }

  /** Puts a job that was held into the queue. */
  release(): void {
    if (this.#state === 'held') this.#become('queued');
  }

  /** A job that waits in the queue is stopped by taking it out; everything else is seen between two steps. */
  steer(request: SteeringRequest): void {
    if (this.hasEnded) return;
    const isStop = request === 'stop' || request === 'shutdown';
    if (this.#sender === undefined) {
      if (isStop) this.#become('stopped');
      return;
    }
    this.#sender.send({ type: 'steer', request });
    if (isStop) this.#become('stopping');
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case 'opened':
        this.#runFolder = message.runFolder;
        this.#log.info(`${this.title}: training in ${message.runFolder}`);
        break;
      case 'importing':
        this.#importing = message.progress;
        break;
      case 'status':
        this.#log.info(`${this.title}: ${message.status}`);
        // The end is told by `ended`, when everything is closed.
        if (this.#state !== 'stopping' && (message.status === 'running' || message.status === 'paused'))
          this.#state = message.status;
        break;
      case 'progress':
        this.#progress = message.progress;
        this.#scoring = undefined;
        break;
      case 'scoring':
        this.#scoring = message.progress;
        break;
      case 'written':
        this.#log.info(`${this.title}: ${message.what} of step ${message.step} in ${message.file}`);
        if (message.what === 'checkpoint') this.#listener.saved(message.step);
        break;
      case 'warning':
        this.#log.warn(`${this.title}: ${message.message}`);
        break;
      case 'ended':
        this.#log.info(`${this.title}: ${message.status} at step ${message.step}`);
        this.#state = message.status;
        this.#endStep = message.step;
        break;
      case 'failed':
        this.#fail(message.failure);
        break;
    }
    this.#listener.changed();
  }

  #exit(isolation: TrainingIsolation, code: number | null, reason: unknown): void {
    if (this.hasEnded) {
      this.#listener.exited(undefined);
      return;
    }
    const why = reason === undefined ? localizable('it ended with code {0}', code ?? '') : causeOf(reason);
    const told = {
      message:
        isolation === 'thread'
          ? localizable('The training thread of {0} stopped unexpectedly: {1}.', this.title, why)
          : localizable('The training process of {0} stopped unexpectedly: {1}.', this.title, why),
      remedy: localizable(
        'Resume the run: it continues from its latest checkpoint. If memory ran out, use a smaller batch size.',
      ),
    };
    const death = { message: formatText(told.message), remedy: formatText(told.remedy), said: told };
    this.#fail(death);
    this.#listener.changed();
    this.#listener.exited(death);
  }

  #fail(failure: TrainingFailure): void {
    this.#failure = failure;
    this.#state = 'failed';
    this.#log.error(`${this.title}: ${failure.message}\n${failure.remedy}`);
  }

  #become(state: JobState): void {
    this.#state = state;
    this.#listener.changed();
  }
}
