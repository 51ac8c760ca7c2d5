/** Looks at every example once: classes, the values of each channel, and examples that are there twice. */
import { createHash } from 'node:crypto';
import type { DatasetSurvey, DuplicateGroup, ExamplePlace } from '../shared/dataset-protocol';
import { sizeOf } from '../shared/host-tensor';
import { type Dataset, type Examples, exampleExtents, type ImageShape } from './source';

/** Beyond so many examples nothing more is looked at: their thumbnails are in memory. */
export const MOST_LOOKED_AT = 100_000;
/** Of label maps with many classes the first ones tell images apart. */
const MOST_COMPARED_CHANNELS = 4;
/** Two images are near duplicates whose thumbnails differ by no more than this on average, of 255 levels. */
export const NEAR_LEVELS = 3;
/** Comparisons of thumbnails: more would take minutes where all images are alike. */
const MOST_COMPARISONS = 20_000_000;
const SHOWN_GROUPS = 100;
const SHOWN_PLACES = 12;
const BATCH = 64;

interface Looked {
  readonly places: { readonly part: ExamplePlace['part']; readonly index: number }[];
  readonly digests: string[];
  readonly thumbnails: Uint8Array[];
}

/** Throws what reading throws, and `signal.reason` when it is aborted. */
export async function survey(
  { train, heldOut }: Pick<Dataset, 'train' | 'heldOut'>,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<DatasetSurvey> {
  const total = train.count + heldOut.count;
  const most = Math.min(total, MOST_LOOKED_AT);
  const looked: Looked = { places: [], digests: [], thumbnails: [] };
  const classCounts = new Array<number>(train.classes).fill(0);
  const channels = new ChannelSums(
    train.shape.kind === 'image' ? train.shape.channels : train.shape.dimensions,
  );
  for (const [part, examples] of [
    ['train', train],
    ['heldOut', heldOut],
  ] as const) {
    const size = sizeOf(exampleExtents(examples.shape));
    for (let start = 0; start < examples.count && looked.places.length < most; start += BATCH) {
      signal.throwIfAborted();
      const count = Math.min(BATCH, examples.count - start, most - looked.places.length);
      const values = new Float32Array(count * size);
      const labels = new Int32Array(count);
      await examples.read(
        Uint32Array.from({ length: count }, (_, i) => start + i),
        values,
        labels,
      );
      channels.add(values);
      for (let i = 0; i < count; i++) {
        const value = values.subarray(i * size, (i + 1) * size);
        const label = labels[i] ?? 0;
        if (label < classCounts.length) classCounts[label] = (classCounts[label] ?? 0) + 1;
        look(looked, examples, { part, index: start + i }, value);
      }
      onProgress(looked.places.length, most);
    }
  }
  const exact = exactGroups(looked);
  const near = train.shape.kind === 'image' ? nearGroups(looked, exact) : [];
  const groups = [
    ...exact.map((members) => groupOf('exact', looked, members)),
    ...near.map((members) => groupOf('near', looked, members)),
  ];
  const isAcross = (members: readonly number[]): boolean =>
    new Set(members.map((i) => looked.places[i]?.part)).size > 1;
  return {
    looked: looked.places.length,
    total,
    classCounts,
    channels: channels.statistics(),
    duplicates: groups.slice(0, SHOWN_GROUPS),
    exactGroups: exact.length,
    nearGroups: near.length,
    groupsAcrossParts: [...exact, ...near].filter(isAcross).length,
  };
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

/**
 * The mean of each area and channel, 0 … 255: 16×16 areas of gray, 9×9 of colour, so that either has about as many
 * values. Images smaller than that fill some of the areas only, the same ones in all images.
 */
export function thumbnailOf({ height, width, channels }: ImageShape, value: Float32Array): Uint8Array {
  const side = channels === 1 ? 16 : 9;
  const compared = Math.min(channels, MOST_COMPARED_CHANNELS);
  const sums = new Float64Array(side * side * compared);
  const counts = new Uint32Array(sums.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < compared; c++) {
        const area = Math.floor((y * side) / height) * side + Math.floor((x * side) / width);
        const at = area * compared + c;
        sums[at] = (sums[at] ?? 0) + (value[(y * width + x) * channels + c] ?? 0);
        counts[at] = (counts[at] ?? 0) + 1;
      }
  return Uint8Array.from(sums, (sum, i) => ((sum / Math.max(1, counts[i] ?? 1) + 1) / 2) * 255);
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

/**
 * Sorted by brightness, near images stand near one another: means that differ by more than the limit rule a pair out,
 * since the mean difference is at least the difference of means.
 */
function nearGroups({ thumbnails }: Looked, exact: readonly number[][]): number[][] {
  const repeated = new Set(exact.flatMap((group) => group.slice(1)));
  const means = thumbnails.map(
    (thumbnail) => thumbnail.reduce((sum, value) => sum + value, 0) / thumbnail.length,
  );
  const meanOf = (i: number): number => means[i] ?? 0;
  const order = thumbnails
    .map((_, i) => i)
    .filter((i) => !repeated.has(i))
    .sort((a, b) => meanOf(a) - meanOf(b));
  const leader = new Map<number, number>();
  const rootOf = (i: number): number => {
    let root = i;
    for (let next = leader.get(root); next !== undefined; next = leader.get(root)) root = next;
    return root;
  };
  let comparisons = 0;
  for (let a = 0; a < order.length; a++) {
    const first = order[a] ?? 0;
    for (let b = a + 1; b < order.length && comparisons < MOST_COMPARISONS; b++) {
      const second = order[b] ?? 0;
      if (meanOf(second) - meanOf(first) > NEAR_LEVELS) break;
      comparisons++;
      if (!areNear(thumbnails[first], thumbnails[second])) continue;
      const [low, high] = [rootOf(first), rootOf(second)];
      if (low !== high) leader.set(high, low);
    }
  }
  const groups = new Map<number, number[]>();
  for (const i of order) {
    const root = rootOf(i);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [i]);
    else group.push(i);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function areNear(first: Uint8Array | undefined, second: Uint8Array | undefined): boolean {
  if (first === undefined || second === undefined) return false;
  const most = NEAR_LEVELS * first.length;
  let difference = 0;
  for (let i = 0; i < first.length; i++) {
    difference += Math.abs((first[i] ?? 0) - (second[i] ?? 0));
    if (difference > most) return false;
  }
  return true;
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
