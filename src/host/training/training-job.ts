/** One training job requested in the editor, from its place in the queue to the exit of its worker. */
import { basename } from 'node:path';
import type { TrainingIsolation } from '../../shared/contributions';
import { causeOf, WorkbenchError } from '../../shared/errors';
import type { EvaluationProgress } from '../../shared/evaluation-progress';
import { type LiveRequest, NOT_TRAINED_HERE, type Pace } from '../../shared/live-request';
import { formatText, localizable } from '../../shared/localizable-text';
import type { LiveSample } from '../../shared/point-sample';
import {
  type Envelope,
  type FromWorker,
  type ImportingProgress,
  Receiver,
  type Refusal,
  Sender,
  type SteeringRequest,
  type ToWorker,
  type TrainingFailure,
  type TrainingRequest,
  type WorkerProgress,
} from '../../shared/worker-protocol';

/**
 * A thread or process that trains one job. A thread is never terminated: in the middle of a step that would abort the
 * whole extension host.
 */
export interface TrainingWorker {
  readonly isolation: TrainingIsolation;
  postMessage(message: Envelope<ToWorker>): void;
  on(event: 'message', listener: (message: Envelope<FromWorker>) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  /** `code` is null if a signal killed it. */
  on(event: 'exit', listener: (code: number | null) => void): unknown;
}

export type JobState =
  | 'queued'
  /** Queued by a window that is gone; waits for the user even if a slot is free. */
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

/**
 * Notified after each change; `exited` is called once, when the worker is gone, with the failure if the worker did not
 * report one itself.
 */
export interface JobListener {
  changed(): void;
  /** A checkpoint is on disk. */
  saved(step: number): void;
  exited(death: TrainingFailure | undefined): void;
  /** Sent while the job is watched. */
  liveSample(live: LiveSample): void;
  /** Called instead if it has to begin again in a process. */
  needsProcess(): void;
}

/** The run does not do what was asked of it while it trains. */
class RefusedError extends WorkbenchError {
  constructor({ message, remedy, said }: Refusal) {
    super(said?.message ?? message, said?.remedy ?? remedy);
  }
}

interface WaitingAnswer {
  done(): void;
  refuse(reason: RefusedError): void;
}

function notTrainedHere(): RefusedError {
  const { message, remedy } = NOT_TRAINED_HERE;
  return new RefusedError({
    message: formatText(message),
    remedy: formatText(remedy),
    said: NOT_TRAINED_HERE,
  });
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
  #needsProcess = false;
  readonly #watchers = new Set<object>();
  #pace: Pace = null;
  #asked = 0;
  readonly #answers = new Map<number, WaitingAnswer>();

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

  /** Progress of importing its images into the cache; undefined when done, or if not needed. */
  get importing(): ImportingProgress | undefined {
    return this.#runFolder === undefined || this.#state === 'starting' ? this.#importing : undefined;
  }

  /** Progress of scoring the generator, while steps are suspended. */
  get scoring(): EvaluationProgress | undefined {
    return this.#state === 'running' ? this.#scoring : undefined;
  }

  /** Undefined while it accepts no live requests. */
  get pace(): Pace | undefined {
    return this.#isLive ? this.#pace : undefined;
  }

  get #isLive(): boolean {
    return this.#state === 'running' || this.#state === 'paused';
  }

  /** Steps completed when it ended; fewer than requested if scores ended it early. */
  get endStep(): number | undefined {
    return this.#endStep;
  }

  get failure(): TrainingFailure | undefined {
    return this.#failure;
  }

  /** Display name: the run folder, or the experiment until there is one. */
  get title(): string {
    if (this.#runFolder !== undefined) return basename(this.#runFolder);
    const { request } = this;
    if (request.type === 'start') return basename(request.experimentFile);
    // A resumed run has its folder from the start, so this is a new one.
    return request.type === 'fork' ? `${basename(request.runFolder)}@${request.fromStep}` : '';
  }

  /** Whether its run folder, if it has one, still describes the previous training. */
  get isBeginning(): boolean {
    return this.isWaiting || this.#state === 'starting';
  }

  /** Whether a thread has found that only a process can train it. */
  get needsProcess(): boolean {
    return this.#needsProcess;
  }

  /** Whether it has not been assigned to a worker yet. */
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
      this.#receive(message, worker.isolation);
    });
    let reason: unknown;
    worker.on('error', (error) => {
      reason = error;
    });
    worker.on('exit', (code) => this.#exit(worker.isolation, code, reason));
    this.#sender = new Sender<ToWorker>(this.id, (envelope) => worker.postMessage(envelope));
    this.#sender.send({ type: 'train', request: this.request });
    if (this.#watchers.size > 0) this.#tellWatched();
    this.#become('starting');
  }

  /** Moves a held job into the queue. */
  release(): void {
    if (this.#state === 'held') this.#become('queued');
  }

  /** A queued job is stopped by removing it; every other request takes effect between two steps. */
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

  /** The worker sends live samples while anybody watches; each page is one watcher. */
  watch(watcher: object, isWatched: boolean): void {
    const wasWatched = this.#watchers.size > 0;
    if (isWatched) this.#watchers.add(watcher);
    else this.#watchers.delete(watcher);
    if (wasWatched !== this.#watchers.size > 0) this.#tellWatched();
  }

  #tellWatched(): void {
    if (!this.hasEnded) this.#sender?.send({ type: 'watch', isWatched: this.#watchers.size > 0 });
  }

  /** Resolves once the run has done so. Rejects with `RefusedError`, also if training ends before the answer. */
  async ask(request: LiveRequest): Promise<void> {
    const sender = this.#sender;
    if (sender === undefined || !this.#isLive) throw notTrainedHere();
    const number = this.#asked++;
    await new Promise<void>((done, refuse) => {
      this.#answers.set(number, { done, refuse });
      sender.send({ type: 'live', number, request });
    });
    if (request.type === 'setPace') this.#pace = request.stepsPerSecond;
    this.#listener.changed();
  }

  #answer({ number, refusal }: Extract<FromWorker, { readonly type: 'answer' }>): void {
    const waiting = this.#answers.get(number);
    this.#answers.delete(number);
    if (refusal === undefined) waiting?.done();
    else waiting?.refuse(new RefusedError(refusal));
  }

  #refuseWaiting(): void {
    for (const { refuse } of this.#answers.values()) refuse(notTrainedHere());
    this.#answers.clear();
  }

  #receive(message: FromWorker, isolation: TrainingIsolation): void {
    // Nothing about the job has changed.
    if (message.type === 'liveSample') {
      this.#listener.liveSample({ step: message.step, sample: message.sample });
      return;
    }
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
        // The end is reported by `ended`, once everything is closed.
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
      case 'answer':
        this.#answer(message);
        break;
      case 'remark':
        this.#log.info(`${this.title}: ${message.message}`);
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
        if (message.failure.needsProcess === true && isolation === 'thread') this.#needsProcess = true;
        else this.#fail(message.failure);
        break;
    }
    this.#listener.changed();
  }

  #exit(isolation: TrainingIsolation, code: number | null, reason: unknown): void {
    this.#refuseWaiting();
    if (this.#needsProcess && isolation === 'thread') {
      this.#leaveThread();
      return;
    }
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

  #leaveThread(): void {
    if (this.#state === 'stopping') {
      this.#become('stopped');
      this.#listener.exited(undefined);
      return;
    }
    this.#sender = undefined;
    this.#log.info(`${this.title}: training in a process, since a thread already uses the graphics card`);
    this.#state = 'queued';
    this.#listener.needsProcess();
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
