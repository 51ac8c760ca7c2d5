/**
 * The batches that training consumes. Of unpaired data they are put together from two bodies, each shuffled by itself
 * and with a position of its own, so that no example meets the same input in every epoch.
 */
import type { CheckpointState } from '../shared/run-format';
import { type Batch, BatchStream } from './batches';
import type { Examples } from './source';

export interface TrainingParts {
  readonly examples: Examples;
  /** The images given, where the data is unpaired. */
  readonly unpairedInputs?: Examples;
}

/** Where each body stands. */
export type BatchPosition = Pick<CheckpointState, 'data' | 'unpairedInputs'>;

export interface TrainingBatchOptions {
  readonly batchSize: number;
  readonly seed: number;
  /** Where to go on; the beginning if not given. */
  readonly position?: BatchPosition;
}

export class TrainingBatches {
  readonly #examples: BatchStream;
  readonly #inputs: BatchStream | undefined;

  /** Throws `DataError` where the position lies beyond the data. */
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

  /** What has been handed out: where a resumed stream must begin. */
  get consumed(): BatchPosition {
    return {
      data: this.#examples.consumed,
      ...(this.#inputs === undefined ? {} : { unpairedInputs: this.#inputs.consumed }),
    };
  }

  /** Throws what reading threw. */
  async next(): Promise<Batch> {
    const [batch, given] = await Promise.all([this.#examples.next(), this.#inputs?.next()]);
    return given === undefined ? batch : { ...batch, inputs: given.examples };
  }

  /** Waits for what is being read; the examples stay open. */
  async close(): Promise<void> {
    await this.#examples.close();
    await this.#inputs?.close();
  }
}
