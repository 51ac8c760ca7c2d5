import { said } from '../../shared/said';
import { medianOf } from '../curves';
import { generatorGradient, shown } from '../numbers';
import type { CurveRule } from '../rule';
import { addR1, clipGradients, divideRate } from '../suggestions';
import { EXPLODING } from '../thresholds';

/** The other end: steps so steep that each undoes what the last has learnt. */
export const generatorGradientExploding: CurveRule = {
  name: 'generator-gradient-exploding',
  title: 'The generator’s gradient explodes',
  watches: 'curves',
  symptom:
    'The norm of the generator’s gradient grows to many times what it was in the first steps and stays there.',
  explanation:
    'The discriminator has grown steep: a small change of a sample changes its judgement very much. The generator’s gradient, which goes through the discriminator, grows with that slope, and its updates jump instead of descending. Nothing in the plain losses bounds the slope; regularisers such as R1 and spectral normalisation do.',
  judge(curves) {
    const records = curves.last(EXPLODING.window);
    const { beginning } = curves;
    if (records === undefined || beginning === undefined) return undefined;
    const before = medianOf(beginning.map(generatorGradient));
    const now = medianOf(records.map(generatorGradient));
    if (now <= EXPLODING.factor * before) return undefined;
    return {
      severity: 'warning',
      message: said(
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
