/**
 * The numbers of a run's step records in memory, a column each, and the reduction of any part of them to as many
 * buckets as a chart has room for: a million records cost a few milliseconds to show.
 */
import {
  type BucketedCurve,
  type CurveSlice,
  type CurveView,
  STEP_CURVES,
} from '../../shared/dashboard-protocol';
import type { StepRecord } from '../../shared/run-format';

const INITIAL_CAPACITY = 1024;

/** A column of single precision, which is more than a screen shows; NaN where nothing was set. */
class Column {
  #values = new Float32Array(INITIAL_CAPACITY).fill(Number.NaN);

  set(index: number, value: number): void {
    if (index >= this.#values.length) {
      const grown = new Float32Array(2 ** Math.ceil(Math.log2(index + 1))).fill(Number.NaN);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[index] = value;
  }

  get(index: number): number {
    return this.#values[index] ?? Number.NaN;
  }
}

/** A column of double precision for positions on an x axis, which only grow. */
class Positions {
  #values = new Float64Array(INITIAL_CAPACITY);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float64Array(this.#length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }

  get(index: number): number {
    return this.#values[index] ?? Number.NaN;
  }

  /** Index of the first position that is at least `value`; the length where there is none. */
  firstAtLeast(value: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.get(middle) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export class CurveColumns {
  #length = 0;
  readonly #positions = { step: new Positions(), images: new Positions(), seconds: new Positions() };
  readonly #columns = new Map<string, Column>(STEP_CURVES.map((name) => [name, new Column()]));

  get recordCount(): number {
    return this.#length;
  }

  /** Records come in the order of their steps. */
  append(record: StepRecord): void {
    const index = this.#length++;
    this.#positions.step.push(record.step);
    this.#positions.images.push(record.images);
    this.#positions.seconds.push(record.seconds);
    for (const name of STEP_CURVES) this.#column(name).set(index, record[name]);
    for (const [name, value] of Object.entries(record.extra ?? {})) this.#column(name).set(index, value);
  }

  #column(name: string): Column {
    const column = this.#columns.get(name) ?? new Column();
    this.#columns.set(name, column);
    return column;
  }

  /**
   * The part that `view` asks for, with one record more at each side so that lines reach the edges. A bucket holds a
   * power of two of records and begins at a multiple of it: buckets keep their place while a run grows.
   */
  slice(view: CurveView): CurveSlice {
    const positions = this.#positions[view.xAxis];
    const begin = view.from === undefined ? 0 : Math.max(0, positions.firstAtLeast(view.from) - 1);
    const end =
      view.to === undefined ? this.#length : Math.min(this.#length, positions.firstAtLeast(view.to) + 1);
    const recordsPerBucket = bucketSize(end - begin, view.maxBuckets);
    const firstBucket = Math.floor(begin / recordsPerBucket);
    const bucketCount = Math.max(0, Math.ceil(end / recordsPerBucket) - firstBucket);
    const first = firstBucket * recordsPerBucket;
    const x = new Float64Array(bucketCount);
    for (let bucket = 0; bucket < bucketCount; bucket++)
      x[bucket] = positions.get(Math.min(this.#length, first + (bucket + 1) * recordsPerBucket) - 1);
    return {
      view,
      x,
      curves: [...this.#columns].map(([name, column]) =>
        this.#bucket(name, column, first, bucketCount, recordsPerBucket),
      ),
      recordsPerBucket,
      recordCount: this.#length,
      extent: this.#length === 0 ? [0, 0] : [positions.get(0), positions.get(this.#length - 1)],
    };
  }

  #bucket(name: string, column: Column, first: number, count: number, size: number): BucketedCurve {
    const mean = new Float32Array(count);
    const min = new Float32Array(count);
    const max = new Float32Array(count);
    for (let bucket = 0; bucket < count; bucket++) {
      const begin = first + bucket * size;
      const end = Math.min(this.#length, begin + size);
      let sum = 0;
      let present = 0;
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      for (let index = begin; index < end; index++) {
        const value = column.get(index);
        if (Number.isNaN(value)) continue;
        sum += value;
        present++;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      mean[bucket] = present === 0 ? Number.NaN : sum / present;
      min[bucket] = present === 0 ? Number.NaN : low;
      max[bucket] = present === 0 ? Number.NaN : high;
    }
    return { name, mean, min, max };
  }

  /** Of the last steps, of which `window` at most are looked at; undefined before two are known. */
  secondsPerStep(window: number): number | undefined {
    const last = this.#length - 1;
    const earlier = Math.max(0, last - window);
    const { step, seconds } = this.#positions;
    const steps = step.get(last) - step.get(earlier);
    return steps > 0 ? (seconds.get(last) - seconds.get(earlier)) / steps : undefined;
  }
}

/** The smallest power of two with which `count` records, begun anywhere, fit into `maxBuckets`. */
function bucketSize(count: number, maxBuckets: number): number {
  let size = 1;
  while (count / size > Math.max(1, maxBuckets - 1)) size *= 2;
  return size;
}
