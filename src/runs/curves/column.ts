/**
 * One value of every step record, with a pyramid of minima, maxima and sums: any range of a million records is
 * summarised from a few blocks.
 */

const INITIAL_CAPACITY = 1024;
/** Number of records, or of blocks of the level below, per block. */
const FAN_OUT = 16;

export interface Summary {
  /** NaN if no record has a value. */
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

function grown<Values extends Float32Array | Float64Array | Int32Array>(
  values: Values,
  larger: Values,
): Values {
  larger.set(values);
  return larger;
}

/** Blocks of one size; only complete ones are stored. */
class Level {
  #length = 0;
  #min = new Float32Array(INITIAL_CAPACITY);
  #max = new Float32Array(INITIAL_CAPACITY);
  #sum = new Float64Array(INITIAL_CAPACITY);
  #count = new Int32Array(INITIAL_CAPACITY);

  get length(): number {
    return this.#length;
  }

  push({ min, max, sum, count }: Accumulator): void {
    const index = this.#length++;
    if (index === this.#min.length) {
      const capacity = 2 * index;
      this.#min = grown(this.#min, new Float32Array(capacity));
      this.#max = grown(this.#max, new Float32Array(capacity));
      this.#sum = grown(this.#sum, new Float64Array(capacity));
      this.#count = grown(this.#count, new Int32Array(capacity));
    }
    this.#min[index] = min;
    this.#max[index] = max;
    this.#sum[index] = sum;
    this.#count[index] = count;
  }

  addTo(total: Accumulator, begin: number, end: number): void {
    for (let index = begin; index < end; index++) {
      const count = this.#count[index] ?? 0;
      if (count === 0) continue;
      total.count += count;
      total.sum += this.#sum[index] ?? 0;
      total.min = Math.min(total.min, this.#min[index] ?? Number.POSITIVE_INFINITY);
      total.max = Math.max(total.max, this.#max[index] ?? Number.NEGATIVE_INFINITY);
    }
  }
}

class Accumulator {
  sum = 0;
  count = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
}

/** Single precision, which exceeds screen resolution; NaN for values that were not set. */
export class Column {
  #values: Float32Array;
  /** Blocks of 16, 256, 4096, … records. */
  readonly #levels: Level[] = [];

  /** Takes ownership of `values`, those of the first records. */
  constructor(values: Float32Array = new Float32Array(INITIAL_CAPACITY).fill(Number.NaN)) {
    this.#values = values;
  }

  /** Only for records that have not been summed up yet. */
  set(index: number, value: number): void {
    if (index >= this.#values.length) {
      const capacity = 2 ** Math.ceil(Math.log2(Math.max(INITIAL_CAPACITY, index + 1)));
      this.#values = grown(this.#values, new Float32Array(capacity).fill(Number.NaN));
    }
    this.#values[index] = value;
  }

  get(index: number): number {
    return this.#values[index] ?? Number.NaN;
  }

  /** The values of the first `length` records; NaN for values that were not set. */
  values(length: number): Float32Array {
    if (this.#values.length >= length) return this.#values.subarray(0, length);
    return grown(this.#values, new Float32Array(length).fill(Number.NaN));
  }

  /**
   * Summary of the records from `begin` up to, but excluding, `end`; `size` is a power of two that divides `begin`.
   * Fast for records that have been summed up.
   */
  summary(begin: number, end: number, size: number): Summary {
    const total = new Accumulator();
    this.#add(total, begin, end, Math.floor(Math.log2(size) / Math.log2(FAN_OUT)));
    if (total.count === 0) return { mean: Number.NaN, min: Number.NaN, max: Number.NaN };
    return { mean: total.sum / total.count, min: total.min, max: total.max };
  }

  /** Uses complete blocks of this level as far as they reach, and the levels below for the rest. */
  #add(total: Accumulator, begin: number, end: number, depth: number): void {
    if (depth === 0) {
      this.#addValues(total, begin, end);
      return;
    }
    const level = this.#levels[depth - 1];
    const size = FAN_OUT ** depth;
    const wholeEnd = Math.max(begin, size * Math.min(level?.length ?? 0, Math.floor(end / size)));
    level?.addTo(total, begin / size, wholeEnd / size);
    if (wholeEnd < end) this.#add(total, wholeEnd, end, depth - 1);
  }

  #addValues(total: Accumulator, begin: number, end: number): void {
    const stop = Math.min(end, this.#values.length);
    for (let index = begin; index < stop; index++) {
      const value = this.#values[index] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      total.sum += value;
      total.count++;
      if (value < total.min) total.min = value;
      if (value > total.max) total.max = value;
    }
  }

  /** Adds new records to the pyramid. The first `length` records are final. */
  sumUp(length: number): void {
    for (let depth = 1; FAN_OUT ** depth <= length; depth++) {
      const level = this.#levels[depth - 1] ?? new Level();
      this.#levels[depth - 1] = level;
      const size = FAN_OUT ** depth;
      while ((level.length + 1) * size <= length) {
        const block = new Accumulator();
        this.#add(block, level.length * size, (level.length + 1) * size, depth - 1);
        level.push(block);
      }
    }
  }
}
