import { localizable } from '../../shared/localizable-text';
import { generatorLoss, shown } from '../numbers';
import type { CurveRule } from '../rule';
import { addR1, averageTheGenerator, divideRate } from '../suggestions';
import { OSCILLATION } from '../thresholds';

/** The players chase each other in circles instead of converging. */
export const oscillation: CurveRule = {
  name: 'oscillation',
  title: 'Generator and discriminator oscillate',
  watches: 'curves',
  symptom: 'The losses rise and fall with a regular period, far more than they vary from batch to batch.',
  explanation:
    'Each network reacts to the last move of the other: the generator moves to where the discriminator is weak, the discriminator closes that gap, and the generator moves on. Simultaneous gradient steps on such a game circle around the equilibrium and, if the steps are large, move away from it (Mescheder et al. 2018, section 2). R1 damping, smaller steps and averaging the weights help.',
  causedBy: ['penaltyWeight'],
  judge(curves) {
    const records = curves.last(OSCILLATION.window);
    if (records === undefined) return undefined;
    const values = smoothed(records.map(generatorLoss));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const size = values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;
    const centred = values.map((value) => value - mean);
    const swing = Math.sqrt(correlationAt(centred, 0)) / size;
    if (swing < OSCILLATION.swing) return undefined;
    const best = strongestPeriod(centred);
    if (best === undefined || best.correlation < OSCILLATION.correlation) return undefined;
    return {
      severity: 'warning',
      message: localizable(
        'The generator’s loss oscillates by {0}% of its mean, with a period of about {1} records (autocorrelation {2}).',
        shown(100 * swing),
        best.period,
        shown(best.correlation),
      ),
      evidence: { periodRecords: best.period, correlation: best.correlation, swing },
    };
  },
  suggestions: ({ config }) => [
    ...addR1(config),
    ...(config.ema === false ? [averageTheGenerator()] : []),
    divideRate(config, 'generator', 2),
    ...('beta1' in config.optimiser && config.optimiser.beta1 !== 0
      ? [{ title: localizable('Turn off Adam’s momentum (beta1 0)'), set: { 'optimiser.beta1': 0 } }]
      : []),
  ],
};

/** Moving average over five values: batches differ, oscillations are longer. */
function smoothed(values: readonly number[]): number[] {
  return values.map((_, i) => {
    const near = values.slice(Math.max(0, i - 2), i + 3);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}

/** Mean product of values `lag` apart. */
function correlationAt(centred: readonly number[], lag: number): number {
  let sum = 0;
  for (let i = lag; i < centred.length; i++) sum += (centred[i] ?? 0) * (centred[i - lag] ?? 0);
  return sum / (centred.length - lag);
}

interface Period {
  readonly period: number;
  readonly correlation: number;
}

/** Returns the lag of the highest peak; a slow trend, which falls off with the lag, has none. */
function strongestPeriod(centred: readonly number[]): Period | undefined {
  const variance = correlationAt(centred, 0);
  const { shortestPeriod, longestPeriod } = OSCILLATION;
  const at = (lag: number): number => correlationAt(centred, lag) / variance;
  let best: Period | undefined;
  let [before, here] = [at(shortestPeriod - 1), at(shortestPeriod)];
  let hasFallen = before < 0;
  for (let lag = shortestPeriod; lag <= longestPeriod; lag++) {
    const after = at(lag + 1);
    hasFallen ||= here < 0;
    if (hasFallen && here > before && here >= after && here > (best?.correlation ?? 0))
      best = { period: lag, correlation: here };
    [before, here] = [here, after];
  }
  return best;
}
