/** Mean and standard deviation of a few values, such as the scores of runs with different seeds. */

export interface Spread {
  readonly mean: number;
  /** Of the sample, with n − 1 in the denominator; undefined for a single value. */
  readonly deviation: number | undefined;
  readonly count: number;
}

/** Ignores missing values and those that are not finite; undefined if none is left. */
export function spreadOf(values: readonly (number | null | undefined)[]): Spread | undefined {
  const known = values.filter((value): value is number => Number.isFinite(value));
  const count = known.length;
  if (count === 0) return undefined;
  const mean = known.reduce((sum, value) => sum + value, 0) / count;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: count === 1 ? undefined : Math.sqrt(squares / (count - 1)), count };
}
