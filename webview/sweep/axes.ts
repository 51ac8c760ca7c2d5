/** The axes of the plots: where a value lies, from 0 to 1, and which values are written beside it. */
import type { ConfigValue } from '../../src/shared/run-format';
import type { SweepParameter } from '../../src/shared/sweep-protocol';

export interface Tick {
  readonly position: number;
  readonly text: string;
}

export interface Axis {
  readonly key: string;
  readonly title: string;
  readonly ticks: readonly Tick[];
  /** Number of values of a list, which have equal parts of the axis; undefined for a range. */
  readonly categories?: number;
  /** Undefined for a value that is not on the axis. */
  position(value: ConfigValue): number | undefined;
  /** The value at a position, for people. */
  textAt(position: number): string;
}

/** A key that no setting has. */
export const OBJECTIVE = '=objective';

const MOST_TICKS = 7;
/** Values that differ by more are drawn on a logarithmic scale. */
const LOGARITHMIC_FROM = 5;

export function valueText(value: ConfigValue): string {
  if (typeof value === 'number') return numberText(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Four digits, without trailing zeros: `0.0005` is `5e-4`. */
export function numberText(value: number): string {
  const rounded = Number(value.toPrecision(4));
  const size = Math.abs(rounded);
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? rounded.toExponential() : String(rounded);
}

export function parameterAxis(parameter: SweepParameter, title: string): Axis {
  const { key } = parameter;
  if ('values' in parameter) return { key, title, ...listScale(parameter.values) };
  const { from, to, isLogarithmic, isWhole } = parameter;
  const scale = rangeScale(from, to, isLogarithmic);
  return {
    key,
    title,
    ...scale,
    textAt: (position) => {
      const value = scale.valueAt(position);
      return numberText(isWhole ? Math.round(value) : value);
    },
    ticks: isWhole ? scale.ticks.filter(({ text }) => Number.isInteger(Number(text))) : scale.ticks,
  };
}

/** The best value is at the top. Undefined without values. */
export function objectiveAxis(
  values: readonly number[],
  better: 'lower' | 'higher',
  title: string,
): Axis | undefined {
  if (values.length === 0) return undefined;
  const [from, to] = [Math.min(...values), Math.max(...values)];
  const scale = rangeScale(from, to, from > 0 && to / from > LOGARITHMIC_FROM);
  const turned = (position: number): number => (better === 'lower' ? 1 - position : position);
  return {
    key: OBJECTIVE,
    title,
    position: (value) => {
      const position = scale.position(value);
      return position === undefined ? undefined : turned(position);
    },
    textAt: (position) => numberText(scale.valueAt(turned(position))),
    ticks: scale.ticks.map(({ position, text }) => ({ position: turned(position), text })),
  };
}

function listScale(
  values: readonly ConfigValue[],
): Pick<Axis, 'position' | 'textAt' | 'ticks' | 'categories'> {
  const count = values.length;
  const names = values.map((value) => JSON.stringify(value));
  const indexAt = (position: number): number =>
    Math.min(count - 1, Math.max(0, Math.floor(position * count)));
  const every = Math.ceil(count / 12);
  return {
    categories: count,
    position: (value) => {
      const index = names.indexOf(JSON.stringify(value));
      return index < 0 ? undefined : (index + 0.5) / count;
    },
    textAt: (position) => valueText(values[indexAt(position)] ?? null),
    ticks: values
      .map((value, index) => ({ position: (index + 0.5) / count, text: valueText(value) }))
      .filter((_, index) => index % every === 0),
  };
}

interface RangeScale extends Pick<Axis, 'position' | 'ticks'> {
  valueAt(position: number): number;
}

function rangeScale(from: number, to: number, isLogarithmic: boolean): RangeScale {
  const place = isLogarithmic ? Math.log : (value: number): number => value;
  const [low, high] = [place(from), place(to)];
  const position = (value: ConfigValue): number | undefined => {
    if (typeof value !== 'number' || !Number.isFinite(value) || (isLogarithmic && value <= 0))
      return undefined;
    return high === low ? 0.5 : Math.min(1, Math.max(0, (place(value) - low) / (high - low)));
  };
  const marks = isLogarithmic ? logarithmicMarks(from, to) : evenMarks(from, to);
  return {
    position,
    valueAt: (at) => {
      const placed = low + at * (high - low);
      return isLogarithmic ? Math.exp(placed) : placed;
    },
    ticks: (marks.length < 2 ? [...new Set([from, to])] : marks).map((value) => ({
      position: position(value) ?? 0,
      text: numberText(value),
    })),
  };
}

/** 1, 2 and 5 of each order of magnitude, or fewer of them where these are too many. */
function logarithmicMarks(from: number, to: number): number[] {
  const [first, last] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))];
  for (const digits of [[1, 2, 5], [1, 3], [1]]) {
    const marks: number[] = [];
    for (let order = first; order <= last; order++)
      marks.push(...digits.map((digit) => Number(`${digit}e${order}`)));
    const inside = marks.filter((mark) => mark >= from && mark <= to);
    if (inside.length <= MOST_TICKS) return inside;
  }
  const orders = last - first;
  const every = Math.ceil(orders / MOST_TICKS);
  return Array.from({ length: orders }, (_, order) => Number(`1e${first + order}`)).filter(
    (mark, order) => order % every === 0 && mark >= from && mark <= to,
  );
}

function evenMarks(from: number, to: number): number[] {
  if (to <= from) return [from];
  const rough = (to - from) / (MOST_TICKS - 2);
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * ([1, 2, 5, 10].find((factor) => factor * unit >= rough) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}
