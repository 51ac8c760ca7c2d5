import { said } from '../../shared/said';
import { shown } from '../numbers';
import type { SampleRule } from '../rule';
import { movementBetween } from '../sample-measures';
import { setRate } from '../suggestions';
import { STALLED } from '../thresholds';

/** Steps are made and nothing moves. */
export const stalled: SampleRule = {
  name: 'stalled',
  title: 'Training has stalled',
  watches: 'samples',
  symptom: 'The same latents give all but the same samples, interval after interval, early in the run.',
  explanation:
    'The samples that a run draws come from the same latents each time, and while a generator learns they change from one grid to the next, also where the losses look level. Here they have stopped changing long before the end: the learning rate of the generator is too small to get anywhere, or no gradient reaches it.',
  limits: 'Judged in the first half of a run alone: a schedule may let the rates fall to zero in the second.',
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
      message: said('Samples change by only {0} % of their spread every 100 steps.', shown(100 * largest)),
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
      ? [{ title: said('Turn off the learning rate warm-up'), set: { 'schedule.warmupSteps': 0 } }]
      : []),
  ],
};
