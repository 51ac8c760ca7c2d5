/**
 * Finds images that are nearly equal to the eye, by small pictures of them. Comparing all with all would take hours; so
 * each is first summed in a few ways, with half of it subtracted from the other: where two differ by more than the limit
 * in any of these sums, they differ by more on the whole, and need not be compared.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImageShape } from '../shared/example-shape';

/** Two images are near duplicates whose thumbnails differ by no more than this on average, of 255 levels. */
const NEAR_LEVELS = 3;
/** Of label maps with many classes the first ones tell images apart. */
const MAX_COMPARED_CHANNELS = 4;
/** Pairs that are ruled out or compared, of which the latter count more: half a minute where all images are alike. */
const MAX_WORK = 1_000_000_000;
const COMPARISON_WORK = 64;
/** Work between which messages get their turn. */
const TURN_WORK = 2_000_000;

/** Signs along four quarters of a side (Walsh functions); a product of two of them is a sum over the image. */
const SIGNS = [
  [1, 1, 1, 1],
  [1, 1, -1, -1],
  [1, -1, -1, 1],
  [1, -1, 1, -1],
] as const;
const SUMS = SIGNS.length ** 2;

export interface NearGroups {
  /** Indices of thumbnails, two or more to a group. */
  readonly groups: readonly (readonly number[])[];
  /** Images that were held against all others; fewer than there are where too many are alike. */
  readonly searched: number;
}

/** Thumbnails are square, and as many channels follow one another in each area as there are. */
function sideOf(channels: number): number {
  return channels === 1 ? 16 : 9;
}

/**
 * The mean of each area and channel, 0 … 255: 16×16 areas of gray, 9×9 of colour, so that either has about as many
 * values. Images smaller than that fill some of the areas only, the same ones in all images.
 */
export function thumbnailOf({ height, width, channels }: ImageShape, value: Float32Array): Uint8Array {
  const side = sideOf(channels);
  const compared = Math.min(channels, MAX_COMPARED_CHANNELS);
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

/**
 * @param channels of the images that the thumbnails are of
 * @param omitted those that need not be looked at
 * @param mostWork see `MAX_WORK`
 * Throws `signal.reason` when it is aborted.
 */
export async function nearGroups(
  thumbnails: readonly Uint8Array[],
  channels: number,
  omitted: ReadonlySet<number>,
  signal: AbortSignal,
  mostWork = MAX_WORK,
): Promise<NearGroups> {
  const unsorted = thumbnails.map((thumbnail) => sumsOf(thumbnail, sideOf(channels)));
  // By brightness, the first sum: whatever differs more from one image than the limit does so from there on.
  const order = thumbnails
    .map((_, i) => i)
    .filter((i) => !omitted.has(i))
    .sort((a, b) => (unsorted[a]?.[0] ?? 0) - (unsorted[b]?.[0] ?? 0));
  const sums = new Float32Array(SUMS * order.length);
  for (const [place, i] of order.entries()) sums.set(unsorted[i] ?? [], SUMS * place);
  const limit = NEAR_LEVELS * (thumbnails[0]?.length ?? 0);
  const sets = new DisjointSets();
  let work = 0;
  let turnAt = 0;
  let searched = 0;
  for (; searched < order.length && work < mostWork; searched++) {
    if (work >= turnAt) {
      turnAt = work + TURN_WORK;
      await nextTurn();
      signal.throwIfAborted();
    }
    const first = order[searched] ?? 0;
    for (let other = searched + 1; other < order.length; other++) {
      work++;
      const ruledOutBy = firstDifference(sums, searched, other, limit);
      if (ruledOutBy === 0) break;
      if (ruledOutBy < SUMS) continue;
      work += COMPARISON_WORK;
      const second = order[other] ?? 0;
      if (areNear(thumbnails[first], thumbnails[second], limit)) sets.join(first, second);
    }
  }
  return { groups: sets.groups(order), searched };
}

/** A sum for each pair of signs. None differs between two thumbnails by more than all their values together. */
function sumsOf(thumbnail: Uint8Array, side: number): Float32Array {
  const quarters = new Float32Array(SUMS);
  const compared = thumbnail.length / side ** 2;
  for (let i = 0; i < thumbnail.length; i++) {
    const area = Math.floor(i / compared);
    const [row, column] = [Math.floor(area / side), area % side];
    const at = 4 * Math.floor((4 * row) / side) + Math.floor((4 * column) / side);
    quarters[at] = (quarters[at] ?? 0) + (thumbnail[i] ?? 0);
  }
  const sums = new Float32Array(SUMS);
  for (const [down, rowSigns] of SIGNS.entries())
    for (const [across, columnSigns] of SIGNS.entries())
      for (const [row, rowSign] of rowSigns.entries())
        for (const [column, columnSign] of columnSigns.entries()) {
          const at = 4 * down + across;
          sums[at] = (sums[at] ?? 0) + rowSign * columnSign * (quarters[4 * row + column] ?? 0);
        }
  return sums;
}

/** Number of the first sum in which two images differ by more than the limit; `SUMS` where none does. */
function firstDifference(sums: Float32Array, a: number, b: number, limit: number): number {
  for (let k = 0; k < SUMS; k++)
    if (Math.abs((sums[SUMS * b + k] ?? 0) - (sums[SUMS * a + k] ?? 0)) > limit) return k;
  return SUMS;
}

function areNear(first: Uint8Array | undefined, second: Uint8Array | undefined, limit: number): boolean {
  if (first === undefined || second === undefined) return false;
  let difference = 0;
  for (let i = 0; i < first.length; i++) {
    difference += Math.abs((first[i] ?? 0) - (second[i] ?? 0));
    if (difference > limit) return false;
  }
  return true;
}

/** Whatever is near to one of a group belongs to it. */
class DisjointSets {
  readonly #leaders = new Map<number, number>();

  join(first: number, second: number): void {
    const [low, high] = [this.#rootOf(first), this.#rootOf(second)];
    if (low !== high) this.#leaders.set(high, low);
  }

  groups(members: readonly number[]): number[][] {
    const groups = new Map<number, number[]>();
    for (const i of members) {
      const root = this.#rootOf(i);
      const group = groups.get(root);
      if (group === undefined) groups.set(root, [i]);
      else group.push(i);
    }
    return [...groups.values()].filter((group) => group.length > 1);
  }

  #rootOf(i: number): number {
    let root = i;
    for (let next = this.#leaders.get(root); next !== undefined; next = this.#leaders.get(root)) root = next;
    return root;
  }
}
