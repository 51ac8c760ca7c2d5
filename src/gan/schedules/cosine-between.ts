/** The half cosine that schedules of learning rates and ramps of other scalars follow. */

/** @returns `first` at 0 and `last` at 1, level at both */
export function cosineBetween(first: number, last: number, done: number): number {
  return last + (first - last) * ((1 + Math.cos(Math.PI * done)) / 2);
}
