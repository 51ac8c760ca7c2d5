/**
 * Finds images that look nearly identical, by comparing thumbnails. Comparing all pairs would take hours, so a few sums
 * are computed first, each over the whole thumbnail with different areas negated: if two images differ by more than the
 * limit in any of these sums, their total difference exceeds the limit too, and they need not be compared.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImageShape } from '../shared/example-shape';

/** Two images are near duplicates if the mean difference of their thumbnails is at most this, of 255 levels. */
const NEAR_LEVELS = 3;
/** For label maps with many classes, the first few channels suffice. */
const MAX_COMPARED_CHANNELS = 4;
/**
 * Limit on pairs ruled out plus pairs compared, the latter weighted by `COMPARISON_WORK`: half a minute if all images
 * are alike.
 */
const MAX_WORK = 1_000_000_000;
const COMPARISON_WORK = 64;
/** Amount of work between yields to the event loop. */
const TURN_WORK = 2_000_000;

/** Signs of the four quarters of a side (Walsh functions); a product of two gives the signs of a sum over the image. */
const SIGNS = [
  [1, 1, 1, 1],
  [1, 1, -1, -1],
  [1, -1, -1, 1],
  [1, -1, 1, -1],
] as const;
const SUMS = SIGNS.length ** 2;

export interface NearGroups {
  /** Indices of thumbnails, at least two per group. */
  readonly groups: readonly (readonly number[])[];
  /** Number of images compared with all others; less than the total if too many are alike. */
  readonly searched: number;
}

/** Thumbnails are square, with the channels of each area interleaved. */
function sideOf(channels: number): number {
  return channels === 1 ? 16 : 9;
}

/**
 * The mean of each area and channel, 0 … 255: 16×16 areas for grey, 9×9 for colour, so that both have about the same
 * number of values. Smaller images fill only some of the areas, the same ones in all images.
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
 * @param channels number of channels of the original images
 * @param omitted indices to skip
 * @param mostWork see `MAX_WORK`
 * Throws `signal.reason` when aborted.
 */
export async function nearGroups(
  thumbnails: readonly Uint8Array[],
  channels: number,
  omitted: ReadonlySet<number>,
  signal: AbortSignal,
  mostWork = MAX_WORK,
): Promise<NearGroups> {
  const unsorted = thumbnails.map((thumbnail) => sumsOf(thumbnail, sideOf(channels)));
  // Sorted by brightness, the first sum: once it differs by more than the limit, it does so for all that follow.
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

/** One sum per pair of signs. The difference in each is a lower bound on the total difference of two thumbnails. */
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

/** Index of the first sum in which two images differ by more than the limit; `SUMS` if there is none. */
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

/** Union-find: groups are the connected components of nearness. */
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
