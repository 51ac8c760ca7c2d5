/**
 * Messages between the extension host and a training worker. What a run records is never sent: it is read from the run
 * folder, the single source of truth. Every message names its job.
 */
import type { EvaluationProgress } from './evaluation-progress';
import type { LiveRequest } from './live-request';
import type { LocalizableFailure } from './localizable-text';
import type { LiveSample } from './point-sample';
import type { ControlRequest, StoredRunStatus } from './run-format';

const WORKER_PROTOCOL_VERSION = 1;

/**
 * The job of a worker: a new run of an experiment, an existing run from its newest checkpoint, or a new run forked from
 * a checkpoint of another, which is left unchanged.
 */
export type TrainingRequest =
  | {
      readonly type: 'start';
      readonly experimentFile: string;
      /** Overrides the experiment's `engine.threads`; recorded in the run's config. */
      readonly threads?: number;
      /** Name of the engine for an experiment that leaves the choice open; recorded in the run's config. */
      readonly engine?: string;
    }
  | {
      readonly type: 'resume';
      readonly runFolder: string;
      /** Total, including completed steps; by default, the run's original total. */
      readonly totalSteps?: number;
    }
  | {
      readonly type: 'fork';
      /** Folder of the parent run. */
      readonly runFolder: string;
      readonly fromStep: number;
      /** Total steps of the new run, including the parent's up to the checkpoint; the parent's total by default. */
      readonly totalSteps?: number;
      /**
       * Changes to the parent's config, `key=value`. If its checkpoint does not fit them, training starts from scratch.
       */
      readonly changes?: readonly string[];
    };

/** Requests to a training run, handled between steps. `shutdown` stops it because the editor is closing. */
export type SteeringRequest = ControlRequest | 'shutdown';

export type ToWorker =
  | { readonly type: 'train'; readonly request: TrainingRequest }
  | { readonly type: 'steer'; readonly request: SteeringRequest }
  /** Whether to send `liveSample`. */
  | { readonly type: 'watch'; readonly isWatched: boolean }
  /** Answered by an `answer` with the same number. */
  | { readonly type: 'live'; readonly number: number; readonly request: LiveRequest };

/** Why a request was not carried out. */
export type Refusal = Pick<TrainingFailure, 'message' | 'remedy' | 'said'>;

export interface WorkerProgress {
  /** Completed steps. */
  readonly step: number;
  readonly totalSteps: number;
  readonly imagesPerSecond: number;
  readonly etaSeconds: number;
}

/** Before training: images are imported into the packed cache. */
export interface ImportingProgress {
  readonly done: number;
  readonly total: number;
  readonly etaSeconds: number;
}

/** The problem, its remedy and, if a file is to blame, the position in it (one-based line and column). */
export interface TrainingFailure {
  readonly message: string;
  readonly remedy: string;
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
  /** Name of the dataset that must be fetched first. */
  readonly missingData?: string;
  /**
   * The run folder was deleted: the run cannot be resumed, only its experiment can be trained again, if that still
   * exists.
   */
  readonly deletedRun?: { readonly experimentFile?: string };
  /** Nothing was opened: the training needs a process of its own, which a thread is not. */
  readonly needsProcess?: true;
  /** Name of the tensor that became NaN or infinite. Training is deterministic, so a resumed run fails again. */
  readonly tensor?: string;
  /** Message and remedy with placeholders for their values, if they can be translated. */
  readonly said?: LocalizableFailure;
}

export type FromWorker =
  /** The run folder exists and is locked. */
  | { readonly type: 'opened'; readonly runFolder: string }
  | { readonly type: 'importing'; readonly progress: ImportingProgress }
  | { readonly type: 'status'; readonly status: StoredRunStatus }
  | { readonly type: 'progress'; readonly progress: WorkerProgress }
  /** Scoring ends with the next `progress`. */
  | { readonly type: 'scoring'; readonly progress: EvaluationProgress }
  /** A file that is complete and on disk. */
  | {
      readonly type: 'written';
      readonly what: 'sample' | 'checkpoint';
      readonly step: number;
      readonly file: string;
    }
  /** A sample of points between the recorded ones, for a page that is visible. */
  | ({ readonly type: 'liveSample' } & LiveSample)
  | { readonly type: 'remark' | 'warning'; readonly message: string }
  /** The `live` request of this number has been carried out, unless it is refused. */
  | { readonly type: 'answer'; readonly number: number; readonly refusal?: Refusal }
  /** The last message of a worker: everything is closed and on disk. */
  | { readonly type: 'ended'; readonly status: 'completed' | 'stopped'; readonly step: number }
  /** The last message of a worker that failed; if there is a run folder, it records the reason too. */
  | { readonly type: 'failed'; readonly failure: TrainingFailure };

/** A message in transit: `sequence` counts from 0 per direction and job. */
export type Envelope<Message> = Message & {
  readonly protocolVersion: number;
  readonly jobId: string;
  readonly sequence: number;
};

/** Wraps the messages of one job in one direction. */
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

/** Detects messages of another protocol, of another job, or out of order. */
export class Receiver {
  readonly #jobId: string;
  #expected = 0;

  constructor(jobId: string) {
    this.#jobId = jobId;
  }

  /** The problem with the envelope, or undefined. */
  problem(envelope: Envelope<object>): string | undefined {
    const { protocolVersion, jobId, sequence } = envelope;
    if (protocolVersion !== WORKER_PROTOCOL_VERSION)
      return `The worker speaks protocol ${protocolVersion}, not ${WORKER_PROTOCOL_VERSION}.`;
    if (jobId !== this.#jobId) return `A message of job ${jobId} came to job ${this.#jobId}.`;
    if (sequence !== this.#expected++) return `Message ${sequence} came instead of ${this.#expected - 1}.`;
    return undefined;
  }
}
