/**
 * Asynchronous successive halving. Trials are compared at rungs, steps that grow by a factor. At each rung, only the
 * best of those that have reached it so far go on. No trial waits for others, so one that is early may go on although later
 * ones turn out better.
 */
import * as z from 'zod';
import { definePruning, type LossCurve } from './pruning';

export const asha = definePruning({
  name: 'asha',
  title: 'Asynchronous successive halving (ASHA)',
  description:
    'At rungs that grow by `factor`, a trial goes on if it is among the best 1/`factor` of those that have reached the rung. A first trial always goes on.',
  paper:
    'Li et al. 2020, "A System for Massively Parallel Hyperparameter Tuning", section 3, algorithm 2, stopping trials instead of promoting paused ones',
  options: z.strictObject({
    factor: z
      .number()
      .gt(1)
      .max(100)
      .default(4)
      .describe(
        'Reduction factor, η in the paper: the ratio between successive rungs, and between the trials that reach a rung and those that go on.',
      ),
    grace: z
      .int()
      .min(1)
      .max(1e9)
      .exactOptional()
      .describe('Step of the first rung, before which no trial is pruned. Default: that of the first score.'),
  }),
  prunes({ own, others, scoreEvery }, { factor, grace = scoreEvery }) {
    const step = own.at(-1)?.step ?? 0;
    for (let rung = grace; rung <= step; rung *= factor) {
      const reached = lossAtRung(own, rung);
      // Rungs that were reached earlier have been decided.
      if (reached === undefined || reached.step !== step) continue;
      const rivals = others.flatMap((curve) => lossAtRung(curve, rung)?.loss ?? []);
      const better = rivals.filter((loss) => loss < reached.loss).length;
      if (better >= Math.max(1, Math.floor((rivals.length + 1) / factor))) return true;
    }
    return false;
  },
});

/** The first score at the rung or after it. */
function lossAtRung(curve: LossCurve, rung: number) {
  return curve.find(({ step }) => step >= rung);
}
