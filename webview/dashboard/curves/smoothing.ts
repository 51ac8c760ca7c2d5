/** The moving average behind the smoothing slider. */

/**
 * Exponential moving average with `weight` in [0, 1) on the past, divided by its total weight so that it is not biased
 * towards zero at the beginning (Kingma and Ba 2015, section 3). Gaps stay gaps and have no weight.
 */
export function smooth(values: ArrayLike<number>, weight: number): (number | null)[] {
  let average = 0;
  let total = 0;
  return Array.from(values, (value) => {
    if (!Number.isFinite(value)) return null;
    average = weight * average + (1 - weight) * value;
    total = weight * total + (1 - weight);
    return average / total;
  });
}
