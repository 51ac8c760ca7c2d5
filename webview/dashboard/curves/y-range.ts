/**
 * The visible range of the y axis: by default one that a few outliers cannot flatten, and never one that inflates tiny
 * changes to full height.
 */
import uPlot from 'uplot';

export type YRange = readonly [low: number, high: number];
type Column = ArrayLike<number | null | undefined>;

/** The visible part of a line. */
export interface YLine {
  /** The line itself, possibly smoothed, and the borders of its band. */
  readonly drawn: readonly Column[];
  /** Columns in which to detect outliers: smoothing would spread an outlier over its neighbours. */
  readonly raw: readonly Column[];
}

export interface YScale {
  /** Whether outliers are shown too, however much they flatten the rest. */
  readonly showsAll: boolean;
  readonly isLogarithmic: boolean;
  /** The axis extends beyond these limits only if a value does. */
  readonly limits?: YRange;
}

/** With fewer values, none counts as an outlier. */
const LEAST_VALUES = 8;
/** Largest fraction of outliers at each end: the fences are computed from the rest. */
const OUTLIER_PART = 0.025;
/** Distance of a fence from the rest, as a fraction of its extent. */
const FENCE_PART = 1;
/** Smallest extent of the axis, as a fraction of the largest magnitude on it or of the limits. */
const LEAST_EXTENT_PART = 0.2;
/** Smallest extent of a logarithmic axis. */
const LEAST_DECADES = Math.log10(2);
const PADDING_PART = 0.05;
/** An axis that would start below this fraction of its end starts at zero. */
const ZERO_PART = 0.3;

const EVERYTHING: YRange = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

function sortedValues(column: Column): Float64Array {
  return Float64Array.from(
    Array.from(column).filter((value): value is number => Number.isFinite(value)),
  ).sort();
}

/** Returns the range beyond which a value is an outlier (Tukey 1977, section 2C). */
function fencesOf(column: Column): YRange {
  const values = sortedValues(column);
  const outliers = Math.max(1, Math.floor(OUTLIER_PART * values.length));
  const [from, to] = [values[outliers], values.at(-1 - outliers)];
  // A jump in an otherwise constant line is not an outlier.
  if (from === undefined || to === undefined || values.length < LEAST_VALUES || from === to)
    return EVERYTHING;
  const room = FENCE_PART * (to - from);
  return [from - room, to + room];
}

/** Returns the range beyond which a value of any of the columns is an outlier. */
function valueFences(columns: readonly Column[], isLogarithmic: boolean): YRange {
  const fences =
    unionOf(columns.map((column) => fencesOf(isLogarithmic ? log10(column) : column))) ?? EVERYTHING;
  return isLogarithmic ? [10 ** fences[0], 10 ** fences[1]] : fences;
}

/** Returns the outliers of a column, with null in all other rows. */
export function outliersOf(column: Column, isLogarithmic: boolean): (number | null)[] {
  const [low, high] = valueFences([column], isLogarithmic);
  return Array.from(column, (value) =>
    typeof value === 'number' && (value < low || value > high) ? value : null,
  );
}

/** Returns `values` with each outlier moved to the nearest fence; the fences are computed from `raw`. */
export function withoutOutliers(
  values: ArrayLike<number>,
  raw: readonly Column[],
  isLogarithmic: boolean,
): number[] {
  const [low, high] = valueFences(raw, isLogarithmic);
  // Non-positive values are kept, since a logarithmic axis cannot show them anyway.
  const isKept = (value: number): boolean => !Number.isFinite(value) || (isLogarithmic && value <= 0);
  return Array.from(values, (value) => (isKept(value) ? value : Math.min(high, Math.max(low, value))));
}

/** From the smallest to the largest value; undefined without values. */
function extentOf(column: Column): YRange | undefined {
  const values = sortedValues(column);
  const [low, high] = [values[0], values.at(-1)];
  return low === undefined || high === undefined ? undefined : [low, high];
}

function unionOf(ranges: readonly YRange[]): YRange | undefined {
  if (ranges.length === 0) return undefined;
  return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
}

/** Returns the visible extent of a line; empty if it has no values. */
function seenOf({ drawn, raw }: YLine, showsAll: boolean): YRange[] {
  const extent = unionOf(drawn.map(extentOf).filter((one) => one !== undefined));
  if (extent === undefined) return [];
  const [from, to] = (showsAll ? undefined : unionOf(raw.map(fencesOf))) ?? EVERYTHING;
  return [[Math.max(extent[0], from), Math.min(extent[1], to)]];
}

function widened([low, high]: YRange, least: number): YRange {
  const missing = least - (high - low);
  return missing > 0 ? [low - missing / 2, high + missing / 2] : [low, high];
}

function linearRange([low, high]: YRange, limits: YRange | undefined): YRange {
  const magnitude = Math.max(Math.abs(low), Math.abs(high), ...(limits ?? []).map(Math.abs));
  const [from, to] = widened([low, high], magnitude === 0 ? 1 : LEAST_EXTENT_PART * magnitude);
  const padding = PADDING_PART * (to - from);
  const [least = low < 0 ? Number.NEGATIVE_INFINITY : 0, most = Number.POSITIVE_INFINITY] = limits ?? [];
  const isNearZero = low >= 0 && from < ZERO_PART * to;
  return [
    Math.min(low, Math.max(least, isNearZero ? 0 : from - padding)),
    Math.max(high, Math.min(most, to + padding)),
  ];
}

/** Returns a range that contains the visible extent of the lines. */
export function yRange(lines: readonly YLine[], { showsAll, isLogarithmic, limits }: YScale): YRange {
  const seen = (line: YLine): YRange[] => seenOf(line, showsAll);
  if (!isLogarithmic) return linearRange(unionOf(lines.flatMap(seen)) ?? [0, 1], limits);
  const logarithms = lines.map(({ drawn, raw }) => ({ drawn: drawn.map(log10), raw: raw.map(log10) }));
  const [low, high] = widened(unionOf(logarithms.flatMap(seen)) ?? [-1, 0], LEAST_DECADES);
  const [from, to] = uPlot.rangeLog(10 ** low, 10 ** high, 10, false);
  return [from ?? 10 ** low, to ?? 10 ** high];
}

function log10(column: Column): Column {
  return Array.from(column, (value) => (typeof value === 'number' && value > 0 ? Math.log10(value) : null));
}
