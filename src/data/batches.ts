/**
 * An endless stream of shuffled batches. The permutation of each epoch is derived from the seed and the epoch's number,
 * so that the position alone determines the next batch, which is prefetched while the current one is trained on.
 */
import { Random } from '../random/random';
import { exampleExtents } from '../shared/example-shape';
import { float32, type HostTensor, sizeOf } from '../shared/host-tensor';
import { localizable } from '../shared/localizable-text';
import type { DataPosition } from '../shared/run-format';
import { DataError } from './data-error';
import type { Examples } from './source';

export interface Batch {
  /** `[batch, ...example]` */
  readonly examples: HostTensor;
  /** `[batch]`, if the source has labels. */
  readonly labels?: Int32Array;
  /** `[batch, ...input]`, the input images: for paired data those of the examples, for unpaired data any. */
  readonly inputs?: HostTensor;
}

export interface BatchOptions {
  readonly batchSize: number;
  readonly seed: number;
  /** Position to resume at; the start by default. */
  readonly position?: DataPosition;
  /** Name of the random stream; datasets with different names are shuffled independently. */
  readonly shuffle?: string;
}

export class BatchStream {
  readonly #examples: Examples;
  readonly #batchSize: number;
  readonly #seed: number;
  readonly #shuffle: string;
  #order: { readonly epoch: number; readonly indices: Uint32Array } | undefined;
  /** Position of the next batch to read. */
  #ahead: DataPosition;
  #consumed: DataPosition;
  #pending: Promise<Batch> | undefined;

  /** Throws `DataError` if the position is past the examples, which means that the data has changed. */
  constructor(examples: Examples, { batchSize, seed, position, shuffle = 'shuffle' }: BatchOptions) {
    if (position !== undefined && position.offset > examples.count)
      throw new DataError(
        localizable(
          'The run has consumed {0} examples of epoch {1}, but the dataset now has only {2}.',
          position.offset,
          position.epoch,
          examples.count,
        ),
        localizable('Restore the data that the run was started with, or start a new run.'),
      );
    this.#examples = examples;
    this.#batchSize = batchSize;
    this.#seed = seed;
    this.#shuffle = shuffle;
    this.#consumed = position ?? { epoch: 0, offset: 0 };
    this.#ahead = this.#consumed;
  }

  /** Position after the batches returned so far, from which a stream can resume. */
  get consumed(): DataPosition {
    return this.#consumed;
  }

  /** Throws the errors of reading. */
  async next(): Promise<Batch> {
    const batch = await (this.#pending ?? this.#read());
    this.#consumed = this.#ahead;
    this.#pending = this.#read();
    // A failure is reported by the call that requests this batch.
    this.#pending.catch(() => undefined);
    return batch;
  }

  /** Waits for reads in progress; the examples stay open. */
  async close(): Promise<void> {
    await this.#pending?.catch(() => undefined);
  }

  async #read(): Promise<Batch> {
    const indices = new Uint32Array(this.#batchSize);
    for (let filled = 0; filled < indices.length; ) {
      const order = this.#permutation(this.#ahead.epoch);
      const available = order.subarray(this.#ahead.offset, this.#ahead.offset + indices.length - filled);
      indices.set(available, filled);
      filled += available.length;
      const offset = this.#ahead.offset + available.length;
      this.#ahead =
        offset === order.length ? { epoch: this.#ahead.epoch + 1, offset: 0 } : { ...this.#ahead, offset };
    }
    const extents = exampleExtents(this.#examples.shape);
    const values = new Float32Array(indices.length * sizeOf(extents));
    const labels = this.#examples.classes > 0 ? new Int32Array(indices.length) : undefined;
    const inputExtents = this.#examples.input && [indices.length, ...exampleExtents(this.#examples.input)];
    const inputs = inputExtents && new Float32Array(sizeOf(inputExtents));
    await this.#examples.read(indices, values, labels, inputs);
    return {
      examples: float32([indices.length, ...extents], values),
      ...(labels === undefined ? {} : { labels }),
      ...(inputExtents === undefined ? {} : { inputs: float32(inputExtents, inputs) }),
    };
  }

  #permutation(epoch: number): Uint32Array {
    if (this.#order?.epoch !== epoch)
      this.#order = {
        epoch,
        indices: Random.seeded(this.#seed, `${this.#shuffle} ${epoch}`).permutation(this.#examples.count),
      };
    return this.#order.indices;
  }
}
