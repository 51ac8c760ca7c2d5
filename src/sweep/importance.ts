/**
 * Which parameters the differences between the trials of a sweep come from: permutation importance of random forests
 * that predict the rank of a trial from its values. Ranks, because a few diverged trials would decide everything else.
 */
import { Random } from '../random/random';
import type { ConfigValue } from '../shared/run-format';
import { spreadOf } from '../shared/spread';
import type {
  ComparedAt,
  ShownTrial,
  SweepImportance,
  SweepParameter,
  SweepView,
} from '../shared/sweep-protocol';
import { type Feature, type ForestImportance, forestImportance } from './random-forest';

/** Forests with different seeds, whose spread shows how certain a share is. */
const FORESTS = 5;
/** With fewer trials, a parameter with little or no influence often comes first: docs/measurements.md has figures. */
const NEEDED_TRIALS = 16;

/**
 * Yields to other work between forests.
 *
 * @param at only values at the same step can be compared: of trials that were not pruned, or scores at one step
 */
export async function importanceAt(
  { trials, parameters, objective }: Pick<SweepView, 'trials' | 'parameters' | 'objective'>,
  at: ComparedAt,
): Promise<SweepImportance> {
  const compared = trials.flatMap((trial) => {
    const value = comparedValue(trial, at);
    return value === undefined ? [] : [{ values: trial.values, value }];
  });
  const counts = { at, trials: compared.length, needed: NEEDED_TRIALS };
  if (compared.length < NEEDED_TRIALS) return { ...counts, explained: 0, parameters: [] };
  const ranks = ranksOf(compared.map(({ value }) => (objective.better === 'lower' ? value : -value)));
  const features = parameters.map((parameter, index) =>
    featureOf(
      parameter,
      compared.map(({ values }) => values[index] ?? null),
    ),
  );
  const forests: ForestImportance[] = [];
  for (let seed = 0; seed < FORESTS; seed++) {
    forests.push(forestImportance(features, ranks, Random.seeded(seed, 'importance')));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const shares = forests.map(sharesOf);
  return {
    ...counts,
    explained: Math.max(0, spreadOf(forests.map(({ explained }) => explained))?.mean ?? 0),
    parameters: parameters.map(({ key }, index) => {
      const { mean = 0, deviation = 0 } = spreadOf(shares.map((share) => share[index])) ?? {};
      return { key, share: mean, deviation };
    }),
  };
}

/** The value by which a trial is compared with others; undefined if there is none. */
function comparedValue(trial: ShownTrial, at: ComparedAt): number | undefined {
  if (trial.isIncomparable === true) return undefined;
  if (at === 'end') return trial.status === 'completed' ? trial.value : undefined;
  return trial.curve.find(({ step }) => step === at)?.value;
}

/** From 0 to 1; equal values share the mean of their ranks. */
function ranksOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const last = Math.max(1, sorted.length - 1);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 / last);
}

/** Trees see only the order of numbers, so scales do not matter. */
function featureOf(parameter: SweepParameter, values: readonly ConfigValue[]): Feature {
  if (!('values' in parameter)) return { values: values.map(Number), isOrdered: true };
  const isOrdered = parameter.values.every((value) => typeof value === 'number');
  const names = parameter.values.map((value) => JSON.stringify(value));
  return {
    values: values.map((value) => (isOrdered ? Number(value) : names.indexOf(JSON.stringify(value)))),
    isOrdered,
  };
}

/** An error that shuffling makes smaller is chance. */
function sharesOf({ increases }: ForestImportance): number[] {
  const positive = increases.map((increase) => Math.max(0, increase));
  const total = positive.reduce((sum, increase) => sum + increase, 0);
  return positive.map((increase) => (total === 0 ? 0 : increase / total));
}
