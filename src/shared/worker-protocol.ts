/**
 * What the extension host and a training worker say to each other. Curves and samples never travel this way: they are
 * read from the run folder, so that there is one truth. Every message names the job that it belongs to.
 */
import type { EvaluationProgress } from './evaluation-progress';
import type { LocalizableFailure } from './localizable-text';
import type { ControlRequest, StoredRunStatus } from './run-format';

const WORKER_PROTOCOL_VERSION = 1;

/**
 * What a worker trains: a new run of an experiment, an existing run from its newest checkpoint, or a new run that goes
 * on from a checkpoint of another, which stays as it is.
 */
export type TrainingRequest =
  | {
      readonly type: 'start';
      readonly experimentFile: string;
      /** Instead of the experiment's own `engine.threads`; recorded in the run's config. */
      readonly threads?: number;
    }
  | {
      readonly type: 'resume';
      readonly runFolder: string;
      /** In all; those that the run was to have by default. */
      readonly totalSteps?: number;
    }
  | {
      readonly type: 'fork';
      /** Of the parent. */
      readonly runFolder: string;
      readonly fromStep: number;
      /** Steps of the new run in all, those of the parent up to the checkpoint included; the parent's by default. */
      readonly totalSteps?: number;
      /** Changes to the parent's config, `key=value`. Where its checkpoint does not fit them, training begins anew. */
      readonly changes?: readonly string[];
    };

/** What can be asked of training under way; each is seen between two steps. `shutdown` stops it as the editor goes away. */
export type SteeringRequest = ControlRequest | 'shutdown';

export type ToWorker =
  | { readonly type: 'train'; readonly request: TrainingRequest }
  | { readonly type: 'steer'; readonly request: SteeringRequest };

export interface WorkerProgress {
  /** Steps done. */
  readonly step: number;
  readonly totalSteps: number;
  readonly imagesPerSecond: number;
  readonly etaSeconds: number;
}

/** Before training: images are brought into the packed cache. */
export interface ImportingProgress {
  readonly done: number;
  readonly total: number;
  readonly etaSeconds: number;
}

/** What went wrong, what to do about it and, where a file is to blame, where in it (line and column from 1). */
export interface TrainingFailure {
  readonly message: string;
  readonly remedy: string;
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
  /** Name of the data set that must be fetched first. */
  readonly missingData?: string;
  /** The run's folder is gone: it cannot be resumed, and only its experiment can be trained again, where that exists. */
  readonly deletedRun?: { readonly experimentFile?: string };
  /** Message and remedy with places for their values, where they can be read in another language. */
  readonly said?: LocalizableFailure;
}

export type FromWorker =
  /** The run folder is there and locked. */
  | { readonly type: 'opened'; readonly runFolder: string }
  | { readonly type: 'importing'; readonly progress: ImportingProgress }
  | { readonly type: 'status'; readonly status: StoredRunStatus }
  | { readonly type: 'progress'; readonly progress: WorkerProgress }
  /** The next `progress` tells that it is over. */
  | { readonly type: 'scoring'; readonly progress: EvaluationProgress }
  /** A file that is whole and on disk. */
  | {
      readonly type: 'written';
      readonly what: 'sample' | 'checkpoint';
      readonly step: number;
      readonly file: string;
    }
  | { readonly type: 'warning'; readonly message: string }
  /** The last message of a worker: everything is closed and on disk. */
  | { readonly type: 'ended'; readonly status: 'completed' | 'stopped'; readonly step: number }
  /** The last message of a worker otherwise; where there is a run folder, the reason stands there as well. */
  | { readonly type: 'failed'; readonly failure: TrainingFailure };

/** A message on its way: `sequence` counts from 0 for each direction of each job. */
export type Envelope<Message> = Message & {
  readonly protocolVersion: number;
  readonly jobId: string;
  readonly sequence: number;
};

/** Addresses messages of one job in one direction. */
export class Sender<Message extends object> {
  readonly #jobId: string;
  readonly #post: (envelope: Envelope<Message>) => void;
  #sequence = 0;

  constructor(jobId: string, post: (envelope: Envelope<Message>) => void) {
    this.#jobId = jobId;
    this.#post = post;
  }

  send(message: Message): void {
    this.#post({
      ...message,
      protocolVersion: WORKER_PROTOCOL_VERSION,
      jobId: this.#jobId,
      sequence: this.#sequence++,
    });
  }
}

/** Notices messages of another protocol, of another job, or out of order. */
export class Receiver {
  readonly #jobId: string;
  #expected = 0;

  constructor(jobId: string) {
    this.#jobId = jobId;
  }

  /** What is wrong with the envelope, if anything is. */
  problem(envelope: Envelope<object>): string | undefined {
    const { protocolVersion, jobId, sequence } = envelope;
    if (protocolVersion !== WORKER_PROTOCOL_VERSION)
      return `The worker speaks protocol ${protocolVersion}, not ${WORKER_PROTOCOL_VERSION}.`;
    if (jobId !== this.#jobId) return `A message of job ${jobId} came to job ${this.#jobId}.`;
    if (sequence !== this.#expected++) return `Message ${sequence} came instead of ${this.#expected - 1}.`;
    return undefined;
  }
}
