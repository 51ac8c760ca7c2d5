/**
 * The values of a run's step records in memory, stored by column, and their reduction to as many buckets as a chart can
 * show: a million records take a few milliseconds.
 */
import {
  type BucketedCurve,
  type CurveSlice,
  type CurveView,
  MAX_FURTHER_CURVES,
  STEP_CURVES,
  type XAxis,
} from '../../shared/dashboard-protocol';
import type { StepRecord } from '../../shared/run-format';
import { Column } from './column';
import { Positions } from './positions';

const MAX_CURVES = STEP_CURVES.length + MAX_FURTHER_CURVES;

/** The contents of all columns, as plain arrays of equal length. */
export interface ColumnValues {
  readonly step: Float64Array;
  readonly images: Float64Array;
  readonly seconds: Float64Array;
  /** By name; NaN if a record has no such value. */
  readonly curves: ReadonlyMap<string, Float32Array>;
}

export class CurveColumns {
  #length: number;
  readonly #positions: Readonly<Record<XAxis, Positions>>;
  readonly #columns: Map<string, Column>;

  /** Takes ownership of the contents of earlier columns. */
  constructor(values?: ColumnValues) {
    this.#length = values?.step.length ?? 0;
    this.#positions = {
      step: new Positions(values?.step),
      images: new Positions(values?.images),
      seconds: new Positions(values?.seconds),
    };
    this.#columns = new Map(STEP_CURVES.map((name) => [name, new Column()]));
    for (const [name, curve] of values?.curves ?? [])
      if (this.#columns.has(name) || this.#columns.size < MAX_CURVES)
        this.#columns.set(name, new Column(curve));
  }

  /** Views of the current contents: use them before the next record is appended. */
  values(): ColumnValues {
    const { step, images, seconds } = this.#positions;
    const curves = [...this.#columns].map(([name, column]) => [name, column.values(this.#length)] as const);
    return { step: step.values, images: images.values, seconds: seconds.values, curves: new Map(curves) };
  }

  get recordCount(): number {
    return this.#length;
  }

  /** Records must be appended in order of step. */
  append(record: StepRecord): void {
    const index = this.#length++;
    this.#positions.step.push(record.step);
    this.#positions.images.push(record.images);
    this.#positions.seconds.push(record.seconds);
    for (const name of STEP_CURVES) this.#column(name)?.set(index, record[name]);
    for (const [name, value] of Object.entries(record.extra ?? {})) this.#column(name)?.set(index, value);
  }

  /** Undefined for a new value once the maximum number of columns is reached. */
  #column(name: string): Column | undefined {
    const known = this.#columns.get(name);
    if (known !== undefined || this.#columns.size >= MAX_CURVES) return known;
    const column = new Column();
    this.#columns.set(name, column);
    return column;
  }

  /** Brings the pyramids up to date, as `slice` does first: a tenth of a second for a million records. */
  sumUp(): void {
    for (const column of this.#columns.values()) column.sumUp(this.#length);
  }

  /**
   * The range requested by `view`, with one extra record at each side so that lines reach the edges. A bucket holds a
   * power of two of records and starts at a multiple of that number: buckets stay in place while the run grows.
   */
  slice(view: CurveView): CurveSlice {
    this.sumUp();
    const positions = this.#positions[view.xAxis];
    const begin = view.from === undefined ? 0 : Math.max(0, positions.firstAtLeast(view.from) - 1);
    const end =
      view.to === undefined ? this.#length : Math.min(this.#length, positions.firstAtLeast(view.to) + 1);
    const recordsPerBucket = bucketSize(end - begin, view.maxBuckets);
    const firstBucket = Math.floor(begin / recordsPerBucket);
    const bucketCount = Math.max(0, Math.ceil(end / recordsPerBucket) - firstBucket);
    const first = firstBucket * recordsPerBucket;
    const x = new Float64Array(bucketCount);
    const steps = new Float64Array(bucketCount);
    for (let bucket = 0; bucket < bucketCount; bucket++) {
      const last = Math.min(this.#length, first + (bucket + 1) * recordsPerBucket) - 1;
      x[bucket] = positions.get(last);
      steps[bucket] = this.#positions.step.get(last);
    }
    return {
      view,
      x,
      steps,
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
      const summary = column.summary(begin, Math.min(this.#length, begin + size), size);
      mean[bucket] = summary.mean;
      min[bucket] = summary.min;
      max[bucket] = summary.max;
    }
    return { name, mean, min, max };
  }

  /**
   * Position of a step on each x axis, linearly interpolated between two records; before the first record, between it
   * and the origin.
   */
  place(step: number): Readonly<Record<XAxis, number>> {
    const after = Math.min(this.#positions.step.firstAtLeast(step), this.#length - 1);
    const at = (axis: XAxis, index: number): number => (index < 0 ? 0 : this.#positions[axis].get(index));
    const [from, to] = [at('step', after - 1), at('step', after)];
    const part = to > from ? Math.min(1, (step - from) / (to - from)) : 1;
    const along = (axis: XAxis): number => at(axis, after - 1) * (1 - part) + at(axis, after) * part;
    return { step, images: along('images'), seconds: along('seconds') };
  }
}

/** The smallest power of two for which `count` records, starting at any offset, fit into `maxBuckets`. */
function bucketSize(count: number, maxBuckets: number): number {
  let size = 1;
  while (count / size > Math.max(1, maxBuckets - 1)) size *= 2;
  return size;
}
