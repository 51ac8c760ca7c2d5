import type { ClassShare } from '../../shared/class-scores';
import { localizable } from '../../shared/localizable-text';
import { shown } from '../numbers';
import type { ClassShares, RuleContext, SampleRule, Verdict } from '../rule';
import { movementBetween, type SampleMeasures } from '../sample-measures';
import { addR1, averageTheGenerator, divideRate, setRate } from '../suggestions';
import { COLLAPSE, STALLED } from '../thresholds';

/** The generator produces only a few distinct examples. */
export const modeCollapse: SampleRule = {
  name: 'mode-collapse',
  title: 'Mode collapse',
  watches: 'samples',
  symptom:
    'The samples are far less diverse than real examples. For points, many real points have no sample nearby; for images, samples are more similar to one another than real images are, or nearly identical. In an unconditional run that is scored with a classifier, some classes are rarely generated.',
  explanation:
    'The generator’s loss does not reward diversity: it is enough to produce one convincing sample from every latent. When the discriminator learns to reject that sample, the generator moves on to another, and the rest of the data is never covered. Typical causes are a discriminator that is too weak or learns too slowly, and generator steps that are too large.',
  causedBy: ['generatorRate', 'averaging', 'penaltyWeight', 'latentSize'],
  limits:
    'Not checked before step 400 (images: step 1000), nor while the samples are still spreading or do not change at all.',
  judge(history, _curves, context, shares) {
    const ofDiversity = judgeDiversity(history, context);
    return typeof ofDiversity === 'object' ? ofDiversity : (judgeClasses(context, shares) ?? ofDiversity);
  },
  suggestions: ({ config }) => {
    const { generatorLearningRate: generator, discriminatorLearningRate: discriminator } = config.optimiser;
    return [
      ...(discriminator < generator ? [setRate('discriminator', generator)] : []),
      ...addR1(config),
      ...(config.objective.name === 'minimax'
        ? [
            {
              title: localizable('Use the objective "non-saturating"'),
              set: { objective: { name: 'non-saturating' } },
            },
          ]
        : []),
      divideRate(config, 'generator', 4),
      ...(config.ema === false ? [averageTheGenerator()] : []),
      ...(config.criticSteps === 1
        ? [{ title: localizable('Update the discriminator twice per step'), set: { criticSteps: 2 } }]
        : []),
      {
        title: localizable(
          'Use the Wasserstein loss with a gradient penalty and five critic updates per step',
        ),
        set: {
          objective: { name: 'wasserstein' },
          regularisers: [{ name: 'gradient-penalty' }],
          criticSteps: 5,
        },
      },
    ];
  },
};

function judgeDiversity(history: readonly SampleMeasures[], { diversityOf }: RuleContext): Verdict {
  const latest = history.slice(-COLLAPSE.measures);
  const [oldest] = latest;
  const newest = latest.at(-1);
  if (newest === undefined || oldest === undefined || latest.length < COLLAPSE.measures) return undefined;
  const { step, diversity, nearest } = newest;
  if (step < COLLAPSE.firstStep[diversityOf] || diversity > COLLAPSE.rise * oldest.diversity)
    return undefined;
  // A generator that does not change cannot be collapsing; a separate rule reports that it has stalled.
  if (movementBetween(oldest, newest) < STALLED.movement) return 'unjudged';
  const isCollapsed = (measures: SampleMeasures): boolean =>
    measures.diversity < COLLAPSE.diversity[diversityOf] || (measures.nearest ?? 1) < COLLAPSE.nearest;
  if (!latest.every(isCollapsed)) return undefined;
  return {
    severity: 'warning',
    message:
      diversityOf === 'points'
        ? localizable('Sample coverage is {0}% of that of real points.', shown(100 * diversity))
        : localizable(
            'Sample diversity is {0}% of that of real images; the distance to the most similar sample is {1}%.',
            shown(100 * diversity),
            shown(100 * (nearest ?? Number.NaN)),
          ),
    evidence: { diversity, ...(nearest === undefined ? {} : { nearest }) },
  };
}

/** Images can be as diverse as real ones and still be of only a few classes. */
function judgeClasses({ diversityOf }: RuleContext, shares: readonly ClassShares[]): Verdict {
  const latest = shares.slice(-COLLAPSE.classScores);
  const [oldest] = latest;
  const newest = latest.at(-1);
  if (newest === undefined || oldest === undefined || latest.length < COLLAPSE.classScores) return undefined;
  if (oldest.step < COLLAPSE.firstStep[diversityOf]) return undefined;
  const shareIn = (of: ClassShares, label: string): number =>
    of.shares.find((one) => one.label === label)?.share ?? 1;
  // A class whose share is rising is being learnt.
  const isLeftOut = ({ label, share }: ClassShare): boolean =>
    latest.every((one) => shareIn(one, label) < COLLAPSE.classShare) &&
    share <= COLLAPSE.rise * shareIn(oldest, label);
  const leftOut = newest.shares.filter(isLeftOut);
  if (leftOut.length === 0) return undefined;
  return {
    severity: 'warning',
    message: localizable(
      'These classes are sampled less than {0}% as often as they occur in the data: {1}.',
      shown(100 * COLLAPSE.classShare),
      leftOut.map(({ label }) => label).join(', '),
    ),
    evidence: {
      classesLeftOut: leftOut.length,
      leastClassShare: Math.min(...leftOut.map(({ share }) => share)),
    },
  };
}
