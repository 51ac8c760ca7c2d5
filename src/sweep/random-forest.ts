/**
 * A random forest for regression, small enough for the trials of a sweep, and how much worse it predicts once the values
 * of a feature are shuffled (Breiman 2001, "Random Forests", sections 2, 3.1 and 10).
 */
import type { Random } from '../random/random';

/** A column of the data. Values of an unordered feature are numbers of categories. */
export interface Feature {
  readonly values: readonly number[];
  readonly isOrdered: boolean;
}

export interface ForestImportance {
  /** Increase of the mean squared error on trees' held-out rows when a feature is shuffled, for each feature. */
  readonly increases: readonly number[];
  /** Share of the variance of the target that is predicted for held-out rows; below 0 if worse than the mean. */
  readonly explained: number;
}

const TREES = 60;
/** A tree is fitted to, and judged by, no more rows than this: forests of large sweeps would take seconds. */
const MOST_ROWS = 256;
/** A leaf has at least this many rows, so that single outliers are not learnt. */
const LEAF = 2;

/** @param target a number for each row */
export function forestImportance(
  features: readonly Feature[],
  target: readonly number[],
  random: Random,
): ForestImportance {
  const increases = features.map(() => 0);
  const sums = target.map(() => ({ prediction: 0, trees: 0 }));
  let judged = 0;
  for (let tree = 0; tree < TREES; tree++) {
    const drawn = target.slice(0, MOST_ROWS).map(() => random.below(target.length));
    const inBag = new Set(drawn);
    const outside = target.flatMap((_, row) => (inBag.has(row) ? [] : [row]));
    const heldOut = outside.length > MOST_ROWS ? shuffledRows(outside, random).slice(0, MOST_ROWS) : outside;
    if (heldOut.length < 2) continue;
    judged++;
    const root = grow({ features, target, random }, drawn);
    const predicted = heldOut.map((row) => predict(root, features, row));
    heldOut.forEach((row, index) => {
      const sum = sums[row];
      if (sum === undefined) return;
      sum.prediction += predicted[index] ?? 0;
      sum.trees++;
    });
    const error = meanSquared(heldOut, target, predicted);
    features.forEach((_, feature) => {
      const shuffled = shuffledRows(heldOut, random);
      const worse = heldOut.map((row, index) =>
        predict(root, features, row, { feature, from: shuffled[index] ?? row }),
      );
      increases[feature] = (increases[feature] ?? 0) + meanSquared(heldOut, target, worse) - error;
    });
  }
  return {
    increases: increases.map((sum) => sum / Math.max(1, judged)),
    explained: explainedShare(sums, target),
  };
}

interface Leaf {
  readonly mean: number;
}

interface Split {
  readonly feature: number;
  /** Of an ordered feature, the greatest value on the near side; of others, the category there. */
  readonly at: number;
  readonly near: Node;
  readonly far: Node;
}

type Node = Leaf | Split;

interface Data {
  readonly features: readonly Feature[];
  readonly target: readonly number[];
  readonly random: Random;
}

function grow(data: Data, rows: readonly number[]): Node {
  const split = rows.length < 2 * LEAF ? undefined : bestSplit(data, rows);
  if (split === undefined) return { mean: meanOf(rows, data.target) };
  const { feature, at } = split;
  const isNear = (row: number): boolean => goesNear(data.features[feature], row, at);
  return {
    feature,
    at,
    near: grow(data, rows.filter(isNear)),
    far: grow(
      data,
      rows.filter((row) => !isNear(row)),
    ),
  };
}

function goesNear(feature: Feature | undefined, row: number, at: number): boolean {
  const value = feature?.values[row] ?? 0;
  return feature?.isOrdered === true ? value <= at : value === at;
}

interface Candidate {
  readonly feature: number;
  readonly at: number;
  /** Sum of squared means weighted by rows: greater where both sides are more alike within. */
  readonly gain: number;
}

/** The best split by half of the features, drawn anew at each node. */
function bestSplit({ features, target, random }: Data, rows: readonly number[]): Candidate | undefined {
  const total = sumOf(rows, target);
  let best: Candidate = { feature: -1, at: 0, gain: (total * total) / rows.length + 1e-12 };
  const drawn = shuffledRows(
    features.map((_, index) => index),
    random,
  ).slice(0, Math.ceil(features.length / 2));
  for (const index of drawn) {
    const feature = features[index];
    if (feature === undefined) continue;
    const found = feature.isOrdered
      ? bestThreshold(feature.values, target, rows, total)
      : bestCategory(feature.values, target, rows, total);
    if (found !== undefined && found.gain > best.gain) best = { feature: index, ...found };
  }
  return best.feature < 0 ? undefined : best;
}

type Found = Omit<Candidate, 'feature'> | undefined;

function bestThreshold(
  values: readonly number[],
  target: readonly number[],
  rows: readonly number[],
  total: number,
): Found {
  const sorted = rows.toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  let best: Found;
  let sum = 0;
  sorted.forEach((row, index) => {
    sum += target[row] ?? 0;
    const [near, far] = [index + 1, sorted.length - index - 1];
    const at = values[row] ?? 0;
    if (near < LEAF || far < LEAF || values[sorted[index + 1] ?? row] === at) return;
    const gain = (sum * sum) / near + (total - sum) ** 2 / far;
    if (best === undefined || gain > best.gain) best = { at, gain };
  });
  return best;
}

function bestCategory(
  values: readonly number[],
  target: readonly number[],
  rows: readonly number[],
  total: number,
): Found {
  let best: Found;
  for (const at of new Set(rows.map((row) => values[row] ?? 0))) {
    const inside = rows.filter((row) => values[row] === at);
    const [near, far] = [inside.length, rows.length - inside.length];
    if (near < LEAF || far < LEAF) continue;
    const sum = sumOf(inside, target);
    const gain = (sum * sum) / near + (total - sum) ** 2 / far;
    if (best === undefined || gain > best.gain) best = { at, gain };
  }
  return best;
}

/** @param shuffled a feature whose value is taken from another row */
function predict(
  node: Node,
  features: readonly Feature[],
  row: number,
  shuffled?: { readonly feature: number; readonly from: number },
): number {
  let current = node;
  while ('feature' in current) {
    const { feature, at, near, far } = current;
    const source = shuffled?.feature === feature ? shuffled.from : row;
    current = goesNear(features[feature], source, at) ? near : far;
  }
  return current.mean;
}

function sumOf(rows: readonly number[], target: readonly number[]): number {
  return rows.reduce((sum, row) => sum + (target[row] ?? 0), 0);
}

function meanOf(rows: readonly number[], target: readonly number[]): number {
  return sumOf(rows, target) / Math.max(1, rows.length);
}

function meanSquared(
  rows: readonly number[],
  target: readonly number[],
  predicted: readonly number[],
): number {
  const sum = rows.reduce((all, row, index) => all + ((target[row] ?? 0) - (predicted[index] ?? 0)) ** 2, 0);
  return sum / rows.length;
}

function explainedShare(
  sums: readonly { readonly prediction: number; readonly trees: number }[],
  target: readonly number[],
): number {
  const rows = target.flatMap((_, row) => ((sums[row]?.trees ?? 0) > 0 ? [row] : []));
  const predicted = rows.map((row) => (sums[row]?.prediction ?? 0) / (sums[row]?.trees ?? 1));
  const mean = meanOf(rows, target);
  const variance = meanSquared(
    rows,
    target,
    rows.map(() => mean),
  );
  return variance === 0 || rows.length === 0 ? 0 : 1 - meanSquared(rows, target, predicted) / variance;
}

/** Fisher–Yates. */
function shuffledRows(rows: readonly number[], random: Random): number[] {
  const shuffled = [...rows];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other] ?? 0, shuffled[last] ?? 0];
  }
  return shuffled;
}
