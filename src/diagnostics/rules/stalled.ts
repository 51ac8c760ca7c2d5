import { localizable } from '../../shared/localizable-text';
import { shown } from '../numbers';
import type { SampleRule } from '../rule';
import { movementBetween } from '../sample-measures';
import { setRate } from '../suggestions';
import { STALLED } from '../thresholds';

/** Training steps no longer change the samples. */
export const stalled: SampleRule = {
  name: 'stalled',
  title: 'Training has stalled',
  watches: 'samples',
  symptom: 'Early in the run, the same latents give almost the same samples over several intervals.',
  explanation:
    'Sample grids always use the same latents, so they keep changing while the generator learns, even when the losses are flat. Here they stopped changing long before the end: the generator’s learning rate is too low, or no gradient reaches it.',
  causedBy: ['generatorRate', 'averaging', 'penaltyWeight'],
  limits:
    'Checked only in the first half of a run: a schedule may decay the learning rates to zero in the second.',
  judge(history, _curves, { config }) {
    const latest = history.slice(-STALLED.intervals - 1);
    const newest = latest.at(-1);
    if (newest === undefined || latest.length <= STALLED.intervals) return undefined;
    if (newest.step < STALLED.firstStep) return undefined;
    if (newest.step > config.length.steps / 2) return 'unjudged';
    const movements = latest.slice(1).flatMap((after, i) => {
      const before = latest[i];
      return before === undefined ? [] : [movementBetween(before, after)];
    });
    const largest = Math.max(...movements);
    if (!(largest < STALLED.movement)) return undefined;
    return {
      severity: 'warning',
      message: localizable(
        'Samples change by only {0}% of their spread every 100 steps.',
        shown(100 * largest),
      ),
      evidence: {
        movement: largest,
        generatorLearningRate: config.optimiser.generatorLearningRate,
        discriminatorLearningRate: config.optimiser.discriminatorLearningRate,
      },
    };
  },
  suggestions: ({ config }) => [
    setRate('generator', 10 * config.optimiser.generatorLearningRate),
    ...(config.schedule.warmupSteps > 0
      ? [{ title: localizable('Turn off the learning rate warm-up'), set: { 'schedule.warmupSteps': 0 } }]
      : []),
  ],
};
