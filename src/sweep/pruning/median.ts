import * as z from 'zod';
import { definePruning, type LossCurve } from './pruning';

export const median = definePruning({
  name: 'median',
  title: 'Median stopping',
  description:
    'Stops a trial whose best score is worse than the median of the other trials’ mean scores up to the same step.',
  paper: 'Golovin et al. 2017, "Google Vizier: A Service for Black-Box Optimization", section 3.2.1',
  options: z.strictObject({
    startupTrials: z
      .int()
      .min(1)
      .max(10_000)
      .default(4)
      .describe('Number of other trials that must have reached a step before one is stopped there.'),
    grace: z
      .int()
      .min(1)
      .max(1e9)
      .exactOptional()
      .describe('Step before which no trial is stopped. Default: that of the first score.'),
  }),
  prunes({ own, others, scoreEvery }, { startupTrials, grace = scoreEvery }) {
    const step = own.at(-1)?.step ?? 0;
    const means = others
      .filter((curve) => (curve.at(-1)?.step ?? 0) >= step)
      .map((curve) => meanTo(curve, step));
    if (step < grace || means.length < startupTrials) return false;
    return Math.min(...own.map(({ loss }) => loss)) > medianOf(means);
  },
});

function meanTo(curve: LossCurve, end: number): number {
  const losses = curve.filter(({ step }) => step <= end).map(({ loss }) => loss);
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
