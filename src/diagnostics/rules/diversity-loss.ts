import { localizable } from '../../shared/localizable-text';
import { medianOf } from '../curves';
import { shown } from '../numbers';
import type { SampleRule } from '../rule';
import { addR1, averageTheGenerator, divideRate } from '../suggestions';
import { DIVERSITY_LOSS } from '../thresholds';

/** Warns before a collapse is complete: the samples used to be more diverse. */
export const diversityLoss: SampleRule = {
  name: 'diversity-loss',
  title: 'Samples are losing diversity',
  watches: 'samples',
  symptom: 'Sample diversity relative to real examples falls well below its level earlier in the run.',
  explanation:
    'The generator no longer produces some of the examples that it produced before. This usually happens when the discriminator has become better at rejecting them, often because it has memorised the training data, or when the two networks have lost their balance. An earlier checkpoint is better than the latest.',
  causedBy: ['penaltyWeight', 'latentSize'],
  judge(history) {
    const earlier = history.slice(0, -2);
    const latest = history.slice(-2);
    const [before, newest] = latest;
    if (newest === undefined || before === undefined || history.length < DIVERSITY_LOSS.measures)
      return undefined;
    // Median of the better half: the samples of the first steps say nothing.
    const best = medianOf(
      earlier
        .map(({ diversity }) => diversity)
        .toSorted((a, b) => b - a)
        .slice(0, Math.ceil(earlier.length / 2)),
    );
    if (best < DIVERSITY_LOSS.least) return undefined;
    // Diversity above that of real examples is noise, and losing it is not a loss.
    const limit = DIVERSITY_LOSS.share * Math.min(1, best);
    if (newest.diversity >= limit || before.diversity >= limit) return undefined;
    return {
      severity: 'warning',
      message: localizable(
        'Sample diversity has dropped to {0}% of that of real examples, from {1}% earlier.',
        shown(100 * newest.diversity),
        shown(100 * best),
      ),
      evidence: { diversity: newest.diversity, earlier: best },
    };
  },
  suggestions: ({ config }) => [
    ...addR1(config),
    divideRate(config, 'generator', 4),
    ...(config.ema === false ? [averageTheGenerator()] : []),
    {
      title: localizable('Decay the learning rates to zero with a cosine schedule'),
      set: { schedule: { name: 'cosine' } },
    },
  ],
};
