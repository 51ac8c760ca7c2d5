/** What the views of the page show: each trial with its place on every axis, and what of it can be compared. */
import { spreadOf } from '../../src/shared/spread';
import type { ComparedAt, ShownTrial, SweepView } from '../../src/shared/sweep-protocol';
import { type Axis, OBJECTIVE, objectiveAxis, parameterAxis } from './axes';

export interface ShownValue {
  readonly value: number;
  readonly step: number | undefined;
  /** False for the value of a trial that ended, or is, before the step at which the others are compared. */
  readonly isComparable: boolean;
}

export interface Row {
  readonly trial: ShownTrial;
  readonly shown: ShownValue | undefined;
  /** By the key of the axis; missing where the trial has no value on it. */
  readonly positions: ReadonlyMap<string, number>;
  /** From 0 (worst) to 1 (best); undefined if its value cannot be compared. */
  readonly goodness: number | undefined;
}

export interface Model {
  readonly sweep: SweepView;
  readonly at: ComparedAt;
  /** The parameters in the order of the sweep, then the objective if there is a value. */
  readonly axes: readonly Axis[];
  /** Trials that have begun, in their order. */
  readonly rows: readonly Row[];
}

/** Chosen parts of axes, by key, each end from 0 to 1. */
export type Brushes = ReadonlyMap<string, readonly [number, number]>;

/** @param titles of the parameters, in their order, and of the objective */
export function modelOf(
  sweep: SweepView,
  at: ComparedAt,
  titles: { readonly parameters: readonly string[]; readonly objective: string },
): Model {
  const begun = sweep.trials.filter(({ values }) => values.length > 0);
  const values = begun.map((trial) => shownValue(trial, at));
  const parameters = sweep.parameters.map((parameter, index) =>
    parameterAxis(parameter, titles.parameters[index] ?? parameter.key),
  );
  const objective = objectiveAxis(
    values.flatMap((shown) => shown?.value ?? []),
    sweep.objective.better,
    titles.objective,
  );
  const goodnessOf = goodnessScale(values, sweep.objective.better);
  return {
    sweep,
    at,
    axes: objective === undefined ? parameters : [...parameters, objective],
    rows: begun.map((trial, index) => {
      const shown = values[index];
      return {
        trial,
        shown,
        positions: positionsOf(trial, shown, parameters, objective),
        goodness: shown?.isComparable === true ? goodnessOf(shown.value) : undefined,
      };
    }),
  };
}

function positionsOf(
  { values }: ShownTrial,
  shown: ShownValue | undefined,
  parameters: readonly Axis[],
  objective: Axis | undefined,
): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  parameters.forEach((axis, index) => {
    const position = axis.position(values[index] ?? null);
    if (position !== undefined) positions.set(axis.key, position);
  });
  const position = shown === undefined ? undefined : objective?.position(shown.value);
  if (position !== undefined) positions.set(OBJECTIVE, position);
  return positions;
}

/** Colours use the whole scale for what can be compared. */
function goodnessScale(
  values: readonly (ShownValue | undefined)[],
  better: 'lower' | 'higher',
): (value: number) => number {
  const compared = values.flatMap((shown) => (shown?.isComparable === true ? [shown.value] : []));
  const axis = objectiveAxis(compared, better, '');
  const isSame = new Set(compared).size === 1;
  return (value) => (isSame ? 1 : (axis?.position(value) ?? 0));
}

/** The objective of a trial where trials are compared, or else its last value; undefined if it has none. */
export function shownValue(trial: ShownTrial, at: ComparedAt): ShownValue | undefined {
  const last = trial.curve.at(-1);
  const isAlike = trial.isIncomparable !== true;
  if (at === 'end') {
    const value = trial.value ?? last?.value;
    if (value === undefined) return undefined;
    return { value, step: last?.step, isComparable: isAlike && trial.status === 'completed' };
  }
  const there = trial.curve.find(({ step }) => step === at);
  if (there !== undefined) return { ...there, isComparable: isAlike };
  return last === undefined ? undefined : { ...last, isComparable: false };
}

/** Steps at which at least two trials have a score, with their number of trials. */
export function comparedSteps(
  trials: readonly ShownTrial[],
): readonly { readonly step: number; readonly trials: number }[] {
  const counts = new Map<number, number>();
  for (const { curve } of trials) for (const { step } of curve) counts.set(step, (counts.get(step) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort(([a], [b]) => a - b)
    .map(([step, count]) => ({ step, trials: count }));
}

/** Whether a trial lies in the chosen part of every axis. */
export function isChosen({ positions }: Row, brushes: Brushes): boolean {
  return [...brushes].every(([key, [low, high]]) => {
    const position = positions.get(key);
    return position !== undefined && position >= low && position <= high;
  });
}

/** Best first: comparable trials by their value, then the others by how far they came. */
export function ranked(rows: readonly Row[], better: 'lower' | 'higher'): Row[] {
  const lossOf = ({ shown }: Row): number => {
    if (shown === undefined) return Number.POSITIVE_INFINITY;
    return better === 'lower' ? shown.value : -shown.value;
  };
  const groupOf = ({ shown }: Row): number => (shown === undefined ? 2 : shown.isComparable ? 0 : 1);
  const stepOf = (row: Row): number => (groupOf(row) === 1 ? (row.shown?.step ?? 0) : 0);
  return rows.toSorted(
    (a, b) =>
      groupOf(a) - groupOf(b) ||
      stepOf(b) - stepOf(a) ||
      lossOf(a) - lossOf(b) ||
      a.trial.trial - b.trial.trial,
  );
}

export interface BestSoFar {
  readonly trial: number;
  readonly value: number;
}

/** The trials that were better than all comparable ones before them, in the order of their numbers. */
export function bestSoFar({ rows, sweep }: Pick<Model, 'rows' | 'sweep'>): BestSoFar[] {
  const isBetter = (a: number, b: number): boolean => (sweep.objective.better === 'lower' ? a < b : a > b);
  const best: BestSoFar[] = [];
  for (const { trial, shown } of rows) {
    const last = best.at(-1);
    if (shown?.isComparable !== true || (last !== undefined && !isBetter(shown.value, last.value))) continue;
    best.push({ trial: trial.trial, value: shown.value });
  }
  return best;
}

/** Sample standard deviation of the objective over the runs of a trial; undefined with fewer than two. */
export function deviationOf({ runs }: Pick<ShownTrial, 'runs'>): number | undefined {
  return spreadOf(runs.map(({ value }) => value))?.deviation;
}

/** @param keys kept from an earlier session; what they lack comes last */
export function inOrder(axes: readonly Axis[], keys: readonly string[]): Axis[] {
  const placeOf = ({ key }: Axis): number => (keys.includes(key) ? keys.indexOf(key) : keys.length);
  return axes.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** @returns the keys with one of them moved to another place */
export function moved(keys: readonly string[], key: string, to: number): string[] {
  const others = keys.filter((other) => other !== key);
  return [...others.slice(0, to), key, ...others.slice(to)];
}
