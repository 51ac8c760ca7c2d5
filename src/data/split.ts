/** Splits a dataset into a training and a held-out part. */
import { Random } from '../random/random';

export interface Split {
  /** Both ascending and disjoint, together 0 … count-1; each has at least one entry. */
  readonly train: Uint32Array;
  readonly heldOut: Uint32Array;
}

/**
 * Holds out a fraction `share` (0 < share < 1) of `count` >= 2 examples. The selection depends on `count` and `share`
 * alone, not on the run's seed, so that runs with different seeds train on the same examples and have comparable
 * scores.
 */
export function splitIndices(count: number, share: number): Split {
  const held = Math.min(count - 1, Math.max(1, Math.round(count * share)));
  const order = Random.seeded(0, 'held-out').permutation(count);
  return { heldOut: order.slice(0, held).sort(), train: order.slice(held).sort() };
}
