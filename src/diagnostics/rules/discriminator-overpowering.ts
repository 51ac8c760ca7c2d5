import { said } from '../../shared/said';
import { meanOf } from '../curves';
import { discriminatorLoss, fakeScore, lossShare, realScore, shown } from '../numbers';
import type { CurveRule } from '../rule';
import { addR1, addRegulariser, divideRate, setRate } from '../suggestions';
import { OVERPOWERING } from '../thresholds';

/** The commonest trouble: the discriminator wins, and a winner teaches nothing. */
export const discriminatorOverpowering: CurveRule = {
  name: 'discriminator-overpowering',
  title: 'The discriminator overpowers the generator',
  watches: 'curves',
  symptom:
    'The discriminator’s loss goes to the value that it has where everything is judged rightly, while the generator’s loss climbs. With the cross-entropy losses D(x) is near 1 and D(G(z)) near 0.',
  explanation:
    'The discriminator tells real from generated examples almost without error. It then says of every sample that it is bad and no longer in which direction it would be better: where it is certain its output is flat, and the generator, which learns from its slope alone, gets a gradient that is small or points nowhere useful.',
  limits:
    'Not judged for losses without a bound, such as "wasserstein", whose critic should be as good as it can be, nor where "generatorLosses" tell the generator of its target as well: a discriminator that sees the pair is soon sure, and the generator learns on.',
  judge(curves, context) {
    const records = curves.last(OVERPOWERING.window);
    if (records === undefined || context.config.generatorLosses.length > 0) return undefined;
    const loss = meanOf(records, discriminatorLoss);
    const share = lossShare(loss, context);
    if (share === undefined || share > OVERPOWERING.lossShare) return undefined;
    const evidence = { discriminatorLoss: loss, shareOfUndecidedLoss: share, records: records.length };
    if (!context.scoresAreProbabilities)
      return {
        severity: 'warning',
        message: said(
          'The discriminator’s loss averaged {0} over the last {1} records, {2} % of its loss when undecided.',
          shown(loss),
          records.length,
          shown(100 * share),
        ),
        evidence,
      };
    const real = meanOf(records, realScore);
    const fake = meanOf(records, fakeScore);
    if (real < OVERPOWERING.realScore || fake > OVERPOWERING.fakeScore) return undefined;
    return {
      severity: 'warning',
      message: said(
        'The discriminator’s loss averaged {0} over the last {1} records, {2} % of its loss when undecided: D(x) is {3} and D(G(z)) is {4}.',
        shown(loss),
        records.length,
        shown(100 * share),
        shown(real),
        shown(fake),
      ),
      evidence: { ...evidence, realScore: real, fakeScore: fake },
    };
  },
  suggestions: ({ config }) => [
    ...(config.generator.network === 'dcgan-textbook'
      ? [
          {
            title: said('Use the generator "dcgan", which has batch norm after every hidden layer'),
            set: { generator: { network: 'dcgan' } },
          },
        ]
      : []),
    ...addR1(config),
    ...(config.optimiser.discriminatorLearningRate > config.optimiser.generatorLearningRate
      ? [setRate('discriminator', config.optimiser.generatorLearningRate)]
      : [divideRate(config, 'discriminator', 4)]),
    ...addRegulariser(
      config,
      { name: 'instance-noise' },
      said('Add the regulariser "instance-noise", which makes real and generated examples overlap'),
    ),
    ...(config.criticSteps > 1
      ? [{ title: said('Update the discriminator once per step'), set: { criticSteps: 1 } }]
      : []),
    {
      title: said('Smooth the labels of real examples to 0.9'),
      set: { objective: { name: config.objective.name, labelSmoothing: 0.1 } },
    },
  ],
};
