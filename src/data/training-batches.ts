/**
 * The batches consumed by training. Unpaired data is combined from two sets, each shuffled independently and with its
 * own position, so that an example does not meet the same input in every epoch.
 */
import type { CheckpointState } from '../shared/run-format';
import { type Batch, BatchStream } from './batches';
import type { Examples } from './source';

export interface TrainingParts {
  readonly examples: Examples;
  /** The input images, for unpaired data. */
  readonly unpairedInputs?: Examples;
}

/** Position in each set. */
export type BatchPosition = Pick<CheckpointState, 'data' | 'unpairedInputs'>;

export interface TrainingBatchOptions {
  readonly batchSize: number;
  readonly seed: number;
  /** Position to resume at; the start by default. */
  readonly position?: BatchPosition;
}

export class TrainingBatches {
  readonly #examples: BatchStream;
  readonly #inputs: BatchStream | undefined;

  /** Throws `DataError` if the position is past the end of the data. */
  constructor({ examples, unpairedInputs }: TrainingParts, options: TrainingBatchOptions) {
    const { position, ...common } = options;
    this.#examples = new BatchStream(examples, {
      ...common,
      ...(position === undefined ? {} : { position: position.data }),
    });
    this.#inputs =
      unpairedInputs &&
      new BatchStream(unpairedInputs, {
        ...common,
        ...(position?.unpairedInputs === undefined ? {} : { position: position.unpairedInputs }),
        shuffle: 'shuffle inputs',
      });
  }

  /** Positions after the batches returned so far, from which the streams can resume. */
  get consumed(): BatchPosition {
    return {
      data: this.#examples.consumed,
      ...(this.#inputs === undefined ? {} : { unpairedInputs: this.#inputs.consumed }),
    };
  }

  /** Throws the errors of reading. */
  async next(): Promise<Batch> {
    const [batch, given] = await Promise.all([this.#examples.next(), this.#inputs?.next()]);
    return given === undefined ? batch : { ...batch, inputs: given.examples };
  }

  /** Waits for reads in progress; the examples stay open. */
  async close(): Promise<void> {
    await this.#examples.close();
    await this.#inputs?.close();
  }
}
