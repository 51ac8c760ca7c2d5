/** Training images nearest to a given image: shows memorised samples next to their originals. */
import { setImmediate } from 'node:timers/promises';
import type { Examples } from '../data/source';
import { exampleExtents } from '../shared/example-shape';
import { sizeOf } from '../shared/host-tensor';
import { distance, featuresOf } from './distances';
import { type ExampleFeatures, readFeatures } from './example-features';

/** Maximum number of examples whose features are kept: some tens of megabytes, and milliseconds per search. */
const MAX_LOOKED = 50_000;
/** Candidates per neighbour found by features; the pixels decide among them. */
const CANDIDATES_PER_NEIGHBOUR = 6;
/** Number of rows compared before yielding to the event loop. */
const ROWS_TOGETHER = 4096;

export interface NearExample {
  /** Index of the example. */
  readonly index: number;
  /** Root mean squared difference over all values. */
  readonly distance: number;
  /** `[...shape]` */
  readonly values: Float32Array;
}

export class NearestExamples {
  readonly #examples: Examples;
  readonly #known: ExampleFeatures;

  private constructor(examples: Examples, known: ExampleFeatures) {
    this.#examples = examples;
    this.#known = known;
  }

  /** Reads the examples, or a subset of a large dataset. Propagates errors of reading and of `onProgress`. */
  static async open(
    examples: Examples,
    onProgress: (done: number, total: number) => void,
  ): Promise<NearestExamples> {
    return new NearestExamples(examples, await readFeatures(examples, MAX_LOOKED, onProgress));
  }

  /** Number of examples searched. */
  get looked(): number {
    return this.#known.features.count;
  }

  /**
   * Returns the nearest examples, nearest first: candidates by downsampled features, ranked by all values.
   *
   * @param values `[...shape]` of the examples
   * @param isWanted polled from time to time; the search stops if it returns false
   */
  async find(
    values: Float32Array,
    count: number,
    isWanted: () => boolean = () => true,
  ): Promise<readonly NearExample[] | undefined> {
    const { features, indices } = this.#known;
    const wanted = featuresOf(values, this.#examples.shape);
    const distances = new Float32Array(features.count);
    for (let row = 0; row < features.count; row++) {
      if (row % ROWS_TOGETHER === 0) {
        await setImmediate();
        if (!isWanted()) return undefined;
      }
      distances[row] = distance(wanted, 0, features, row);
    }
    const rows = smallest(distances, count * CANDIDATES_PER_NEIGHBOUR);
    const candidates = await this.#read(rows.map((row) => indices[row] ?? 0));
    return candidates
      .map((candidate) => ({ ...candidate, distance: rootMeanSquare(values, candidate.values) }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, count);
  }

  async #read(chosen: readonly number[]): Promise<{ index: number; values: Float32Array }[]> {
    const size = sizeOf(exampleExtents(this.#examples.shape));
    const values = new Float32Array(chosen.length * size);
    await this.#examples.read(Uint32Array.from(chosen), values);
    return chosen.map((index, i) => ({ index, values: values.subarray(i * size, (i + 1) * size) }));
  }
}

/** Returns the indices of up to `count` smallest values, in ascending order. */
function smallest(values: Float32Array, count: number): number[] {
  const places: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    const last = places.at(-1);
    if (places.length === count && last !== undefined && value >= (values[last] ?? 0)) continue;
    const at = places.findIndex((place) => value < (values[place] ?? 0));
    places.splice(at < 0 ? places.length : at, 0, i);
    if (places.length > count) places.pop();
  }
  return places;
}

function rootMeanSquare(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return Math.sqrt(sum / a.length);
}
