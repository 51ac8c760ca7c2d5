/** Options that several optimisers share. */
import * as z from 'zod';

/** Range of the decay rate of a running mean. */
export const decayBounds = z.number().min(0).lt(1);

/** Decay rate of a running mean. */
export const decayOption = (fallback: number, description: string) =>
  decayBounds.default(fallback).describe(description);

export const epsilonOption = z
  .number()
  .positive()
  .max(1)
  .default(1e-8)
  .describe('Added to the denominator for numerical stability.');
