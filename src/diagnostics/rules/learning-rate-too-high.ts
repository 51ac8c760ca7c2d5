import { localizable } from '../../shared/localizable-text';
import { meanOf, shareOf } from '../curves';
import { discriminatorLoss, generatorLoss, lossShare, shown } from '../numbers';
import type { CurveRule } from '../rule';
import { divideRate } from '../suggestions';
import { RATE_TOO_HIGH } from '../thresholds';

/** A discriminator worse than random guessing has been thrown off by its own updates or by the generator's. */
export const learningRateTooHigh: CurveRule = {
  name: 'learning-rate-too-high',
  title: 'Learning rate too high',
  watches: 'curves',
  symptom: 'The discriminator’s loss is repeatedly far above the loss of random guessing.',
  explanation:
    'A discriminator that cannot tell anything apart has the loss of random guessing, so gradient descent should not stay above that for long. A persistently higher loss means that the steps are too large: each one overshoots the minimum, or the generator moves so far in one step that what the discriminator has just learned no longer applies.',
  causedBy: ['penaltyWeight'],
  limits: 'Not checked for unbounded losses such as "wasserstein".',
  judge(curves, context) {
    const records = curves.last(RATE_TOO_HIGH.window);
    if (records === undefined || context.lossRange === undefined) return undefined;
    const isWorse = shareOf(
      records,
      (record) => (lossShare(record.discriminatorLoss, context) ?? 0) > RATE_TOO_HIGH.lossShare,
    );
    const loss = meanOf(records, discriminatorLoss);
    const mean = lossShare(loss, context) ?? 0;
    if (isWorse < RATE_TOO_HIGH.records || mean < RATE_TOO_HIGH.meanLossShare) return undefined;
    const { generatorLearningRate, discriminatorLearningRate } = context.config.optimiser;
    return {
      severity: 'warning',
      message: localizable(
        'The discriminator’s loss averaged {0} over the last {1} records, {2} times the loss of random guessing ({3}). Learning rates: {4} (generator), {5} (discriminator).',
        shown(loss),
        records.length,
        shown(mean),
        shown(context.lossRange.undecided),
        generatorLearningRate,
        discriminatorLearningRate,
      ),
      evidence: {
        shareOfRecords: isWorse,
        discriminatorLoss: loss,
        generatorLoss: meanOf(records, generatorLoss),
        generatorLearningRate,
        discriminatorLearningRate,
      },
    };
  },
  suggestions: ({ config }) => {
    const { generatorLearningRate: generator, discriminatorLearningRate: discriminator } = config.optimiser;
    if (generator === discriminator) return [divideRate(config, 'discriminator', 10), bothRates(config)];
    const faster = generator > discriminator ? 'generator' : 'discriminator';
    return [
      {
        title:
          faster === 'generator'
            ? localizable('Lower the generator’s learning rate to the discriminator’s, {0}', discriminator)
            : localizable('Lower the discriminator’s learning rate to the generator’s, {0}', generator),
        set: {
          [`optimiser.${faster}LearningRate`]: Math.min(generator, discriminator),
        },
      },
      divideRate(config, faster, 10),
      bothRates(config),
    ];
  },
};

function bothRates(config: Parameters<typeof divideRate>[0]): ReturnType<typeof divideRate> {
  const { set: generator } = divideRate(config, 'generator', 10);
  const { set: discriminator } = divideRate(config, 'discriminator', 10);
  return { title: localizable('Divide both learning rates by 10'), set: { ...generator, ...discriminator } };
}
