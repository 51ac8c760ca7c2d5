import { said } from '../../shared/said';
import { shown } from '../numbers';
import type { SampleRule } from '../rule';
import { addR1 } from '../suggestions';
import { MEMORISATION } from '../thresholds';

/** Copies of the training set look perfect and are worth nothing. */
export const memorisation: SampleRule = {
  name: 'memorisation',
  title: 'Samples are copies of training images',
  watches: 'samples',
  symptom:
    'The samples lie much nearer to their nearest neighbours in the training set than to those among held-out images, and much nearer than held-out images do.',
  explanation:
    'The generator reproduces the images that it was trained on instead of making new ones like them. With few images the discriminator learns them by heart, so that only copies pass, and the networks are large enough to store them. The samples look good, and losses do not show it: only a comparison with images that were held out does.',
  limits:
    'Judged for images alone, and only where at least eight are held out; of a large training set, evenly spread 256 images are compared.',
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
          ? said('At least half of the samples are identical to a training image.')
          : said(
              'Samples are {0} times closer to training images than expected from their distance to held-out images.',
              shown(1 / newest.memorisation),
            ),
      evidence: { memorisation: newest.memorisation },
    };
  },
  suggestions: ({ config }) => [
    {
      title: said('Add adaptive augmentation: translation and cutout'),
      set: {
        augmentation: {
          transforms: [{ name: 'translation' }, { name: 'cutout' }],
          probability: 'adaptive',
        },
      },
    },
    {
      title: said('Add augmentation by small translations'),
      set: { augmentation: { transforms: [{ name: 'translation' }], probability: 1 } },
    },
    ...addR1(config),
  ],
};
