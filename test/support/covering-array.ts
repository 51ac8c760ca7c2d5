/**
 * Combinations that cover every pair of values of different factors at least once, after the greedy construction of
 * AETG (Cohen et al. 1997, "The AETG System", section 4): each row begins with an uncovered pair and takes, factor by
 * factor, the value that covers most new pairs. The first two factors are chosen first, together, since they decide
 * which other values are allowed. Deterministic.
 */
import { Random } from '../../src/random/random';

/** Value index of each factor. */
export type Row = readonly number[];

interface Pair {
  readonly factors: readonly [number, number];
  readonly values: readonly [number, number];
}

export interface Covering {
  readonly rows: readonly Row[];
  /**
   * Pairs that are not allowed with any values of the first two factors, all other factors being at their first value.
   */
  readonly impossible: readonly Pair[];
}

/**
 * @param counts number of values of each factor
 * @param allows whether a row is valid
 */
export function coveringArray(counts: readonly number[], allows: (row: Row) => boolean): Covering {
  const random = Random.seeded(1, 'covering array');
  const open = new Map<string, Pair>();
  counts.forEach((count, f) => {
    for (let g = f + 1; g < counts.length; g++)
      for (let v = 0; v < count; v++)
        for (let w = 0; w < (counts[g] ?? 0); w++)
          open.set(keyOf(f, v, g, w), { factors: [f, g], values: [v, w] });
  });
  const rows: Row[] = [];
  const impossible: Pair[] = [];
  for (;;) {
    const [next] = open;
    if (next === undefined) return { rows, impossible };
    const [key, pair] = next;
    const row = rowWith(pair, counts, open, random, allows);
    if (row === undefined) {
      open.delete(key);
      impossible.push(pair);
      continue;
    }
    rows.push(row);
    row.forEach((v, f) => {
      for (let g = f + 1; g < row.length; g++) open.delete(keyOf(f, v, g, row[g] ?? 0));
    });
  }
}

function rowWith(
  { factors, values }: Pair,
  counts: readonly number[],
  open: ReadonlyMap<string, Pair>,
  random: Random,
  allows: (row: Row) => boolean,
): Row | undefined {
  const plain = counts.map((_, f) => values[factors.indexOf(f)] ?? 0);
  const first = [0, 1].filter((f) => !factors.includes(f));
  const row = withBoth(plain, counts, first)
    .map((candidate) => ({
      candidate,
      gain: first.reduce((sum, f) => sum + closes(f, candidate[f] ?? 0, factors, candidate, open), 0),
      tie: random.uniform(),
    }))
    .sort((a, b) => b.gain - a.gain || a.tie - b.tie)
    .find(({ candidate }) => allows(candidate))?.candidate;
  if (row === undefined) return undefined;
  const chosen = [...new Set([...factors, ...first])];
  for (const f of random.permutation(counts.length)) {
    if (chosen.includes(f)) continue;
    const gains = Array.from({ length: counts[f] ?? 0 }, (_, v) => ({
      v,
      gain: closes(f, v, chosen, row, open),
      tie: random.uniform(),
    })).sort((a, b) => b.gain - a.gain || a.tie - b.tie);
    for (const { v } of gains) {
      row[f] = v;
      if (allows(row)) break;
      row[f] = plain[f] ?? 0;
    }
    chosen.push(f);
  }
  return row;
}

/** Returns the row with every combination of values for these factors. */
function withBoth(row: Row, counts: readonly number[], factors: readonly number[]): number[][] {
  const [f, ...rest] = factors;
  if (f === undefined) return [[...row]];
  return Array.from({ length: counts[f] ?? 0 }, (_, v) =>
    withBoth(
      row.map((value, i) => (i === f ? v : value)),
      counts,
      rest,
    ),
  ).flat();
}

function closes(
  f: number,
  v: number,
  chosen: readonly number[],
  row: Row,
  open: ReadonlyMap<string, Pair>,
): number {
  return chosen.filter((g) => {
    const w = row[g] ?? 0;
    return open.has(f < g ? keyOf(f, v, g, w) : keyOf(g, w, f, v));
  }).length;
}

function keyOf(f: number, v: number, g: number, w: number): string {
  return [f, v, g, w].join();
}
