import { localizable } from '../../shared/localizable-text';
import { medianOf } from '../curves';
import { generatorGradient, shown } from '../numbers';
import type { CurveRule } from '../rule';
import { addR1, clipGradients, divideRate } from '../suggestions';
import { EXPLODING } from '../thresholds';

/** The opposite extreme: updates so large that each undoes what the previous one learned. */
export const generatorGradientExploding: CurveRule = {
  name: 'generator-gradient-exploding',
  title: 'The generator’s gradient explodes',
  watches: 'curves',
  symptom: 'The generator’s gradient norm rises to many times its initial value and stays there.',
  explanation:
    'The discriminator has become steep: small changes to a sample change its output a lot. The generator’s gradient passes through the discriminator and grows with its slope, which makes updates erratic. The adversarial losses do not bound this slope; regularisers such as R1 and spectral normalisation do.',
  judge(curves) {
    const records = curves.last(EXPLODING.window);
    const { beginning } = curves;
    if (records === undefined || beginning === undefined) return undefined;
    const before = medianOf(beginning.map(generatorGradient));
    const now = medianOf(records.map(generatorGradient));
    if (now <= EXPLODING.factor * before) return undefined;
    return {
      severity: 'warning',
      message: localizable(
        'The generator’s median gradient norm over the last {1} records is {0}, {2} times that of the first {3} records.',
        shown(now),
        records.length,
        shown(now / before),
        beginning.length,
      ),
      evidence: {
        generatorGradientNorm: now,
        generatorGradientNormAtBeginning: before,
        factor: now / before,
      },
    };
  },
  suggestions: ({ config }) => [
    ...addR1(config),
    clipGradients(10),
    divideRate(config, 'discriminator', 4),
    divideRate(config, 'generator', 4),
  ],
};
