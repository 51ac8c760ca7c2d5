/** Converts curves into uPlot's format: columns over a common x axis. */
import uPlot from 'uplot';
import { smooth } from './smoothing';
import { withoutOutliers } from './y-range';

export interface LineData {
  /** Ascending. Lines of one run share the same array. */
  readonly x: ArrayLike<number>;
  readonly mean: ArrayLike<number>;
  /** Smallest and largest value behind each mean, or a deviation to both sides, which is smoothed as the mean is. */
  readonly band?: {
    readonly min: ArrayLike<number>;
    readonly max: ArrayLike<number>;
    readonly isSmoothed?: boolean;
  };
}

export interface Drawing {
  /** Weight of the past in the moving average, in [0, 1). */
  readonly smoothing: number;
  /**
   * Whether outliers are clipped to their fence before smoothing, which would otherwise spread them over what follows.
   */
  readonly isRobust: boolean;
  readonly isLogarithmic: boolean;
  /** Whether each line has three columns, its own and the borders of its band, or only its own. */
  readonly hasBands: boolean;
}

type Cells = (number | null | undefined)[];

/**
 * Returns the columns of the lines, in order. If lines differ in x, rows at which a line has no value contain null or
 * undefined. `undefined` represents a line without any values.
 */
export function alignedColumns(
  lines: readonly (LineData | undefined)[],
  drawing: Drawing,
): [number[], ...Cells[]] {
  const { isLogarithmic, hasBands } = drawing;
  const drawable = (value: number | null | undefined): number | null =>
    value === null || value === undefined || !Number.isFinite(value) || (isLogarithmic && value <= 0)
      ? null
      : value;
  const tables: { readonly x: ArrayLike<number> | undefined; readonly columns: Cells[] }[] = [];
  for (const line of lines) {
    let table = tables.at(-1);
    if (table === undefined || table.x !== line?.x) {
      table = { x: line?.x, columns: [] };
      tables.push(table);
    }
    table.columns.push(line === undefined ? [] : smoothed(line, drawing).map(drawable));
    if (!hasBands) continue;
    const { min = [], max = [], isSmoothed = false } = line?.band ?? {};
    const border = (values: ArrayLike<number>): Cells =>
      isSmoothed ? smooth(values, drawing.smoothing) : Array.from(values);
    table.columns.push(border(min).map(drawable), border(max).map(drawable));
  }
  const filled = tables.map(({ x, columns }): [number[], ...Cells[]] => [Array.from(x ?? []), ...columns]);
  const [first] = filled;
  if (first === undefined) return [[]];
  if (filled.length === 1) return first;
  const [x = [], ...columns] = uPlot.join(filled);
  return [Array.from(x), ...columns.map((column) => Array.from(column))];
}

function smoothed({ mean, band }: LineData, drawing: Drawing): (number | null)[] {
  const { smoothing, isRobust, isLogarithmic, hasBands } = drawing;
  if (!isRobust || smoothing === 0) return smooth(mean, smoothing);
  const raw = hasBands && band !== undefined && band.isSmoothed !== true ? [band.min, band.max] : [mean];
  return smooth(withoutOutliers(mean, raw, isLogarithmic), smoothing);
}

/** Returns the value of a column at a row, or the last one before it; null if there is none. */
export function valueAt(column: ArrayLike<number | null | undefined>, row: number): number | null {
  for (let index = row; index >= 0; index--) {
    const value = column[index];
    if (typeof value === 'number') return value;
  }
  return null;
}
