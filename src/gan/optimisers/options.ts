/** Options that several optimisers share. */
import * as z from 'zod';

/** Decay rate of a running mean. */
export const decayOption = (fallback: number, description: string) =>
  z.number().min(0).lt(1).default(fallback).describe(description);

export const epsilonOption = z
  .number()
  .positive()
  .max(1)
  .default(1e-8)
  .describe('Added to the denominator for numerical stability.');
