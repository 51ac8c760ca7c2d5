/**
 * Which part of the y axis a chart shows: by default one that a few outliers cannot flatten, and never one that blows
 * the smallest of changes up to full height.
 */
import uPlot from 'uplot';

export type YRange = readonly [low: number, high: number];
type Column = ArrayLike<number | null | undefined>;

/** As far as a line is to be seen. */
export interface YLine {
  /** Itself, perhaps smoothed, and the borders of its band. */
  readonly drawn: readonly Column[];
  /** What tells which of its values are outliers: smoothing would spread one over its neighbours. */
  readonly raw: readonly Column[];
}

export interface YScale {
  /** Whether outliers are shown too, however flat that makes the rest. */
  readonly showsAll: boolean;
  readonly isLogarithmic: boolean;
  /** What lies beyond is not shown for its own sake, only where a value is there. */
  readonly limits?: YRange;
}

/** Of so few values none is an outlier. */
const LEAST_VALUES = 8;
/** At each end, at most: what is left decides where the fences stand. */
const OUTLIER_PART = 0.025;
/** Distance of a fence from what is left, as a part of its extent. */
const FENCE_PART = 1;
/** Extent of the axis, at least, as a part of the largest magnitude on it or of the limits. */
const LEAST_EXTENT_PART = 0.2;
/** The same on a logarithmic axis. */
const LEAST_DECADES = Math.log10(2);
const PADDING_PART = 0.05;
/** An axis that begins no higher than this part of its end begins at zero. */
const ZERO_PART = 0.3;

const EVERYTHING: YRange = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

function sortedValues(column: Column): Float64Array {
  return Float64Array.from(
    Array.from(column).filter((value): value is number => Number.isFinite(value)),
  ).sort();
}

/** Beyond these a value is an outlier (Tukey 1977, section 2C). */
function fencesOf(column: Column): YRange {
  const values = sortedValues(column);
  const outliers = Math.max(1, Math.floor(OUTLIER_PART * values.length));
  const [from, to] = [values[outliers], values.at(-1 - outliers)];
  // A step of an otherwise constant line is no outlier.
  if (from === undefined || to === undefined || values.length < LEAST_VALUES || from === to)
    return EVERYTHING;
  const room = FENCE_PART * (to - from);
  return [from - room, to + room];
}

/** Beyond these a value of any of the columns is an outlier. */
function valueFences(columns: readonly Column[], isLogarithmic: boolean): YRange {
  const fences =
    unionOf(columns.map((column) => fencesOf(isLogarithmic ? log10(column) : column))) ?? EVERYTHING;
  return isLogarithmic ? [10 ** fences[0], 10 ** fences[1]] : fences;
}

/** The outliers of a column, null in all other rows. */
export function outliersOf(column: Column, isLogarithmic: boolean): (number | null)[] {
  const [low, high] = valueFences([column], isLogarithmic);
  return Array.from(column, (value) =>
    typeof value === 'number' && (value < low || value > high) ? value : null,
  );
}

/** `values` with each outlier moved to the fence beyond which it lies; `raw` tells where the fences stand. */
export function withoutOutliers(
  values: ArrayLike<number>,
  raw: readonly Column[],
  isLogarithmic: boolean,
): number[] {
  const [low, high] = valueFences(raw, isLogarithmic);
  // What is not positive stays it: a logarithmic axis has no place for it.
  const isKept = (value: number): boolean => !Number.isFinite(value) || (isLogarithmic && value <= 0);
  return Array.from(values, (value) => (isKept(value) ? value : Math.min(high, Math.max(low, value))));
}

/** From the smallest to the largest; undefined without values. */
function extentOf(column: Column): YRange | undefined {
  const values = sortedValues(column);
  const [low, high] = [values[0], values.at(-1)];
  return low === undefined || high === undefined ? undefined : [low, high];
}

function unionOf(ranges: readonly YRange[]): YRange | undefined {
  if (ranges.length === 0) return undefined;
  return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
}

/** What is to be seen of a line; none where it has no value. */
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

/** Holds what is to be seen of the lines. */
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
