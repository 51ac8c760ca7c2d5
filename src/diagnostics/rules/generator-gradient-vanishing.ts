import { localizable } from '../../shared/localizable-text';
import { meanOf, medianOf } from '../curves';
import { fakeScore, generatorGradient, shown } from '../numbers';
import type { CurveRule } from '../rule';
import { addR1, divideRate } from '../suggestions';
import { VANISHING } from '../thresholds';

/** No gradient, no learning: the generator stands still while the discriminator improves. */
export const generatorGradientVanishing: CurveRule = {
  name: 'generator-gradient-vanishing',
  title: 'The generator’s gradient vanishes',
  watches: 'curves',
  symptom: 'The generator’s gradient norm falls to a small fraction of its initial value and stays there.',
  explanation:
    'The generator learns from the discriminator’s gradient at its samples. With "minimax" this gradient vanishes exactly where the discriminator is sure that a sample is generated (Goodfellow et al. 2014, section 3); with any loss it vanishes where units of either network are saturated or dead. The generator then hardly changes, however long training continues.',
  causedBy: ['generatorRate', 'penaltyWeight'],
  judge(curves) {
    const records = curves.last(VANISHING.window);
    const { beginning } = curves;
    if (records === undefined || beginning === undefined) return undefined;
    const before = medianOf(beginning.map(generatorGradient));
    const now = meanOf(records, generatorGradient);
    if (now >= VANISHING.share * before) return undefined;
    return {
      severity: 'warning',
      message: localizable(
        'The generator’s gradient norm averaged {0} over the last {1} records; its median over the first {2} records was {3}.',
        shown(now),
        records.length,
        beginning.length,
        shown(before),
      ),
      evidence: {
        generatorGradientNorm: now,
        generatorGradientNormAtBeginning: before,
        fakeScore: meanOf(records, fakeScore),
      },
    };
  },
  suggestions: ({ config }) => [
    ...(config.objective.name === 'minimax'
      ? [
          {
            title: localizable(
              'Use the objective "non-saturating", whose gradient is strongest for the worst samples',
            ),
            set: { objective: { name: 'non-saturating' } },
          },
        ]
      : []),
    ...addR1(config),
    divideRate(config, 'discriminator', 4),
    {
      title: localizable('Use the objective "hinge"'),
      set: { objective: { name: 'hinge' } },
    },
  ],
};
