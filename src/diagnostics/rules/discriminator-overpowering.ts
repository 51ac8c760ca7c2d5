import { localizable } from '../../shared/localizable-text';
import { meanOf } from '../curves';
import { discriminatorLoss, fakeScore, lossShare, realScore, shown } from '../numbers';
import type { CurveRule } from '../rule';
import { addR1, addRegulariser, divideRate, setRate } from '../suggestions';
import { OVERPOWERING } from '../thresholds';

/** The most common failure: the discriminator wins, and the generator gets no useful gradient. */
export const discriminatorOverpowering: CurveRule = {
  name: 'discriminator-overpowering',
  title: 'The discriminator overpowers the generator',
  watches: 'curves',
  symptom:
    'The discriminator’s loss approaches its minimum while the generator’s loss rises. With cross-entropy losses, D(x) is near 1 and D(G(z)) near 0.',
  explanation:
    'The discriminator separates real from generated examples almost perfectly. Where it is this confident its output is nearly constant, so the generator, which learns only through the discriminator’s gradient, receives a gradient that is small or uninformative.',
  causedBy: ['generatorRate'],
  limits:
    'Not checked for unbounded losses such as "wasserstein", whose critic should be as accurate as possible, nor with "generatorLosses": a discriminator that sees pairs is soon confident, and the generator keeps learning from its target.',
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
        message: localizable(
          'The discriminator’s loss averaged {0} over the last {1} records, {2}% of its loss when undecided.',
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
      message: localizable(
        'The discriminator’s loss averaged {0} over the last {1} records, {2}% of its loss when undecided: D(x) is {3} and D(G(z)) is {4}.',
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
            title: localizable('Use the generator "dcgan", which has batch norm after every hidden layer'),
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
      localizable('Add the regulariser "instance-noise", which makes real and generated examples overlap'),
    ),
    ...(config.criticSteps > 1
      ? [{ title: localizable('Update the discriminator once per step'), set: { criticSteps: 1 } }]
      : []),
    {
      title: localizable('Smooth the labels of real examples to 0.9'),
      set: { objective: { name: config.objective.name, labelSmoothing: 0.1 } },
    },
  ],
};
