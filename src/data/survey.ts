/** Surveys the examples: class counts, channel statistics, and duplicates. */
import { createHash } from 'node:crypto';
import type { DatasetSurvey, DuplicateGroup, ExamplePlace } from '../shared/dataset-protocol';
import { exampleExtents } from '../shared/example-shape';
import { sizeOf } from '../shared/host-tensor';
import { nearGroups, thumbnailOf } from './near-duplicates';
import type { Dataset, Examples } from './source';
import { spreadIndices } from './spread';

/** Limit on surveyed examples, which are evenly spread: their thumbnails are kept in memory. */
const MAX_LOOKED_AT = 100_000;
const SHOWN_GROUPS = 100;
const SHOWN_PLACES = 12;
const BATCH = 64;

interface Looked {
  readonly places: { readonly part: ExamplePlace['part']; readonly index: number }[];
  readonly digests: string[];
  readonly thumbnails: Uint8Array[];
  readonly labels: number[];
}

/** Throws the errors of reading, and `signal.reason` when aborted. */
export async function survey(
  { train, heldOut }: Pick<Dataset, 'train' | 'heldOut'>,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<DatasetSurvey> {
  const total = train.count + heldOut.count;
  const most = Math.min(total, MAX_LOOKED_AT);
  const looked: Looked = { places: [], digests: [], thumbnails: [], labels: [] };
  const channels = new ChannelSums(
    train.shape.kind === 'image' ? train.shape.channels : train.shape.dimensions,
  );
  const places = placesToLookAt(train.count, total, most);
  for (const [part, examples] of [
    ['train', train],
    ['heldOut', heldOut],
  ] as const) {
    const size = sizeOf(exampleExtents(examples.shape));
    for (let start = 0; start < places[part].length; start += BATCH) {
      signal.throwIfAborted();
      const indices = places[part].subarray(start, start + BATCH);
      const values = new Float32Array(indices.length * size);
      const labels = new Int32Array(indices.length);
      await examples.read(indices, values, labels);
      channels.add(values);
      looked.labels.push(...labels);
      for (const [i, index] of indices.entries())
        look(looked, examples, { part, index }, values.subarray(i * size, (i + 1) * size));
      onProgress(looked.places.length, most);
    }
  }
  const exact = exactGroups(looked);
  const repeated = new Set(exact.flatMap((group) => group.slice(1)));
  const near =
    train.shape.kind === 'image'
      ? await nearGroups(looked.thumbnails, train.shape.channels, repeated, signal)
      : { groups: [], searched: 0 };
  const isWhole = train.shape.kind !== 'image' || near.searched === looked.places.length - repeated.size;
  const groups = [
    ...exact.map((members) => groupOf('exact', looked, members)),
    ...near.groups.map((members) => groupOf('near', looked, members)),
  ];
  const isAcross = (members: readonly number[]): boolean =>
    new Set(members.map((i) => looked.places[i]?.part)).size > 1;
  return {
    looked: looked.places.length,
    total,
    classCounts: classCounts(train.classes, [train.labels, heldOut.labels], looked.labels),
    channels: channels.statistics(),
    duplicates: groups.slice(0, SHOWN_GROUPS),
    exactGroups: exact.length,
    nearGroups: near.groups.length,
    nearSearched: isWhole ? looked.places.length : near.searched,
    groupsAcrossParts: [...exact, ...near.groups].filter(isAcross).length,
  };
}

/**
 * Spreads the examples evenly over both parts, so that neither folders sorted by class nor held-out examples are
 * missed.
 */
function placesToLookAt(
  trainCount: number,
  total: number,
  most: number,
): Readonly<Record<ExamplePlace['part'], Uint32Array>> {
  const all = spreadIndices(total, most);
  const inTrain = all.findIndex((index) => index >= trainCount);
  const end = inTrain < 0 ? most : inTrain;
  return {
    train: Uint32Array.from(all.subarray(0, end)),
    heldOut: Uint32Array.from(all.subarray(end), (index) => index - trainCount),
  };
}

/** Counts all examples if their labels are in memory, otherwise the surveyed ones. */
function classCounts(
  classes: number,
  all: readonly (ArrayLike<number> | undefined)[],
  looked: readonly number[],
): number[] {
  const counts = new Array<number>(classes).fill(0);
  const known = all.filter((labels) => labels !== undefined);
  for (const labels of known.length === all.length ? known : [looked])
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i] ?? -1;
      if (label in counts) counts[label] = (counts[label] ?? 0) + 1;
    }
  return counts;
}

function look(
  looked: Looked,
  { shape }: Examples,
  place: Looked['places'][number],
  value: Float32Array,
): void {
  looked.places.push(place);
  looked.digests.push(
    createHash('sha1')
      .update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
      .digest('base64'),
  );
  if (shape.kind === 'image') looked.thumbnails.push(thumbnailOf(shape, value));
}

function exactGroups({ digests }: Looked): number[][] {
  const byDigest = new Map<string, number[]>();
  digests.forEach((digest, i) => {
    const group = byDigest.get(digest);
    if (group === undefined) byDigest.set(digest, [i]);
    else group.push(i);
  });
  return [...byDigest.values()].filter((group) => group.length > 1);
}

function groupOf(
  kind: DuplicateGroup['kind'],
  { places }: Looked,
  members: readonly number[],
): DuplicateGroup {
  return { kind, places: members.slice(0, SHOWN_PLACES).flatMap((i) => places[i] ?? []) };
}

class ChannelSums {
  readonly #count: number;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  readonly #least: Float64Array;
  readonly #greatest: Float64Array;
  #values = 0;

  constructor(channels: number) {
    this.#count = channels;
    this.#sums = new Float64Array(channels);
    this.#squares = new Float64Array(channels);
    this.#least = new Float64Array(channels).fill(Number.POSITIVE_INFINITY);
    this.#greatest = new Float64Array(channels).fill(Number.NEGATIVE_INFINITY);
  }

  add(values: Float32Array): void {
    for (let i = 0; i < values.length; i++) {
      const channel = i % this.#count;
      const value = values[i] ?? 0;
      this.#sums[channel] = (this.#sums[channel] ?? 0) + value;
      this.#squares[channel] = (this.#squares[channel] ?? 0) + value * value;
      this.#least[channel] = Math.min(this.#least[channel] ?? 0, value);
      this.#greatest[channel] = Math.max(this.#greatest[channel] ?? 0, value);
    }
    this.#values += values.length / this.#count;
  }

  statistics(): DatasetSurvey['channels'] {
    return Array.from(this.#sums, (sum, channel) => {
      const mean = sum / this.#values;
      const variance = (this.#squares[channel] ?? 0) / this.#values - mean * mean;
      return {
        mean,
        standardDeviation: Math.sqrt(Math.max(0, variance)),
        least: this.#least[channel] ?? 0,
        greatest: this.#greatest[channel] ?? 0,
      };
    });
  }
}
