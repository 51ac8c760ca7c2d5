/**
 * Which part of the y axis a chart shows: by default one that a few outliers cannot flatten, and never one that blows
 * the smallest of changes up to full height.
 */
import uPlot from 'uplot';

export type YRange = readonly [low: number, high: number];
type Column = ArrayLike<number | null | undefined>;

export interface YScale {
  /** Whether outliers are shown too, however flat that makes the rest. */
  readonly showsAll: boolean;
  readonly isLogarithmic: boolean;
  /** Where the values cannot leave it. */
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

/** From the smallest to the largest value between the fences (Tukey 1977, section 2C); undefined without values. */
function extentOf(column: Column, showsAll: boolean): YRange | undefined {
  const values = Float64Array.from(
    Array.from(column).filter((value): value is number => typeof value === 'number'),
  ).sort();
  const [low, high] = [values[0], values.at(-1)];
  if (low === undefined || high === undefined) return undefined;
  const outliers = Math.max(1, Math.floor(OUTLIER_PART * values.length));
  const [from = low, to = high] = [values[outliers], values.at(-1 - outliers)];
  // A step of an otherwise constant line is no outlier.
  if (showsAll || values.length < LEAST_VALUES || from === to) return [low, high];
  const room = FENCE_PART * (to - from);
  return [Math.max(low, from - room), Math.min(high, to + room)];
}

/** Of all columns together; undefined where none has a value. */
function unionOf(columns: readonly Column[], showsAll: boolean): YRange | undefined {
  const extents = columns.flatMap((column) => {
    const extent = extentOf(column, showsAll);
    return extent === undefined ? [] : [extent];
  });
  if (extents.length === 0) return undefined;
  return [Math.min(...extents.map(([low]) => low)), Math.max(...extents.map(([, high]) => high))];
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
  return [Math.max(least, isNearZero ? 0 : from - padding), Math.min(most, to + padding)];
}

/** Of what is to be seen of the lines, column by column: their means and the borders of their bands. */
export function yRange(columns: readonly Column[], { showsAll, isLogarithmic, limits }: YScale): YRange {
  if (!isLogarithmic) return linearRange(unionOf(columns, showsAll) ?? [0, 1], limits);
  const logarithms = columns.map((column) =>
    Array.from(column, (value) => (typeof value === 'number' && value > 0 ? Math.log10(value) : null)),
  );
  const [low, high] = widened(unionOf(logarithms, showsAll) ?? [-1, 0], LEAST_DECADES);
  const [from, to] = uPlot.rangeLog(10 ** low, 10 ** high, 10, false);
  return [from ?? 10 ** low, to ?? 10 ** high];
}
