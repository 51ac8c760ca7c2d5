import { localizable } from '../../shared/localizable-text';
import { shown } from '../numbers';
import type { SampleRule } from '../rule';
import { addR1 } from '../suggestions';
import { MEMORISATION } from '../thresholds';

/** Copies of the training set look perfect and are worthless. */
export const memorisation: SampleRule = {
  name: 'memorisation',
  title: 'Samples are copies of training images',
  watches: 'samples',
  symptom:
    'Samples are much closer to their nearest training images than to their nearest held-out images, and much closer to training images than held-out images are.',
  explanation:
    'The generator reproduces training images instead of creating new ones. With few images, the discriminator memorises them and accepts only copies, and the networks are large enough to store them. Neither the samples nor the losses reveal this; only a comparison with held-out images does.',
  limits:
    'Checked only for images, with at least eight held-out images. Of a large training set, 256 evenly spaced images are compared.',
  judge(history) {
    const measured = history.filter((measures) => measures.memorisation !== undefined);
    const latest = measured.slice(-MEMORISATION.measures);
    const newest = latest.at(-1);
    if (newest?.memorisation === undefined || latest.length < MEMORISATION.measures) return undefined;
    if (newest.step < MEMORISATION.firstStep) return undefined;
    if (!latest.every((measures) => (measures.memorisation ?? 1) < MEMORISATION.ratio)) return undefined;
    return {
      severity: 'warning',
      message:
        newest.memorisation === 0
          ? localizable('At least half of the samples are identical to a training image.')
          : localizable(
              'Samples are {0} times closer to training images than expected from their distance to held-out images.',
              shown(1 / newest.memorisation),
            ),
      evidence: { memorisation: newest.memorisation },
    };
  },
  suggestions: ({ config }) => [
    {
      title: localizable('Add adaptive augmentation: translation and cutout'),
      set: {
        augmentation: {
          transforms: [{ name: 'translation' }, { name: 'cutout' }],
          probability: 'adaptive',
        },
      },
    },
    {
      title: localizable('Add augmentation by small translations'),
      set: { augmentation: { transforms: [{ name: 'translation' }], probability: 1 } },
    },
    ...addR1(config),
  ],
};
