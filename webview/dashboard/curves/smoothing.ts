/** The moving average behind the smoothing slider. */

/**
 * Exponential moving average with `weight` in [0, 1) on what came before, divided by its total weight so that the
 * beginning is not drawn towards zero (Kingma and Ba 2015, section 3). Gaps stay gaps and weigh nothing.
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
