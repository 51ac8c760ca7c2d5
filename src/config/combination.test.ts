/** Every rejected combination, with the reason shown to the user. */
import { describe, expect, it } from 'vitest';
import { ConfigError } from './config-error';
import { parseExperiment } from './load';

const digits = { source: 'digits', batchSize: 4 };
const points = { source: 'points2d' };
const pairs = { source: 'emoji', imageSize: 32 };
const unpaired = { ...pairs, use: 'unpaired' };
const patchgan = { network: 'patchgan', layers: 1 };
const withBatchNorm = { network: 'dcgan', channels: [4, 4], kernelSize: 4, batchNorm: true };

/** Path and reason of each rejection. */
function refusals(experiment: object): string[] {
  try {
    parseExperiment(JSON.stringify(experiment), 'x.gan.json');
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim().replace(/^x\.gan\.json:\d+:\d+: /, ''));
  }
}

describe('a combination that makes no sense is refused with its reason', () => {
  it.each<[string, object, string, RegExp]>([
    [
      'a conditioning without classes',
      { data: { source: 'faces' }, conditioning: 'concatenation' },
      'conditioning',
      /no class labels/,
    ],
    [
      'a classifier over patches',
      {
        data: digits,
        generator: { network: 'dcgan', channels: [4, 4], kernelSize: 4 },
        discriminator: patchgan,
        conditioning: 'auxiliary-classifier',
      },
      'conditioning',
      /patch/,
    ],
    [
      'a projection over patches',
      {
        data: digits,
        generator: { network: 'dcgan', channels: [4, 4], kernelSize: 4 },
        discriminator: patchgan,
        conditioning: 'projection',
      },
      'conditioning',
      /patch/,
    ],
    [
      'a loss against a target that there is not',
      { data: digits, generatorLosses: ['l1'] },
      'generatorLosses',
      /not paired/,
    ],
    [
      'a loss against a target of unpaired data',
      { data: unpaired, model: 'cyclegan', generatorLosses: ['l1'] },
      'generatorLosses',
      /not paired/,
    ],
    [
      'augmentation of points',
      { data: points, augmentation: { transforms: ['flip'] } },
      'augmentation',
      /points/,
    ],
    [
      'colours of a label map',
      {
        data: { source: 'shapes', imageSize: 32 },
        model: 'pix2pix',
        augmentation: { transforms: ['colour'] },
      },
      'augmentation.transforms',
      /label map/,
    ],
    [
      'colours of what is given as a label map',
      {
        data: { source: 'shapes', imageSize: 32, direction: 'labels-to-picture' },
        model: 'pix2pix',
        augmentation: { transforms: ['flip', 'colour'] },
      },
      'augmentation.transforms',
      /label map/,
    ],
    ...(
      [
        ['a critic', { objective: 'wasserstein', regularisers: ['spectral-norm'] }],
        ['averages', { objective: 'relativistic-average' }],
        ['pairs', { objective: 'relativistic-pairing' }],
        ['targets the other way round', { objective: { name: 'least-squares', a: 1, b: 0, c: 0 } }],
      ] as const
    ).map(([what, changes]): [string, object, string, RegExp] => [
      `augmentation by what ${what} cannot tell`,
      { data: digits, augmentation: { transforms: ['cutout'], probability: 'adaptive' }, ...changes },
      'augmentation.probability',
      /with ".*" the sign of a logit/,
    ]),
    [
      'a regulariser twice',
      { data: digits, regularisers: ['r1', 'r2', { name: 'r1', every: 2 }] },
      'regularisers[2]',
      /already in this list/,
    ],
    [
      'a loss against the target twice',
      { data: pairs, generatorLosses: ['l1', { name: 'l1', weight: 1 }] },
      'generatorLosses[1]',
      /already in this list/,
    ],
    [
      'a transform twice',
      {
        data: digits,
        augmentation: { transforms: ['cutout', 'translation', { name: 'cutout', ratio: 0.1 }] },
      },
      'augmentation.transforms[2]',
      /already in this list/,
    ],
    [
      'unpaired pictures in one folder',
      { data: { source: 'pairs', folder: '.', use: 'unpaired' } },
      'data',
      /"targets"/,
    ],
    ['moved points', { data: points, regularisers: ['consistency'] }, 'regularisers', /points/],
    [
      'a Wasserstein critic without bounds',
      { data: digits, objective: 'wasserstein' },
      'objective',
      /"gradient-penalty"/,
    ],
    [
      'a gradient penalty under batch normalisation',
      {
        data: digits,
        generator: { network: 'dcgan', channels: [4, 4], kernelSize: 4 },
        discriminator: withBatchNorm,
        regularisers: ['gradient-penalty'],
      },
      'regularisers',
      /batch normalisation/,
    ],
    [
      'a gradient penalty where a logit depends on the group',
      {
        data: digits,
        generator: { network: 'dcgan', channels: [4, 4], kernelSize: 4 },
        discriminator: { network: 'dcgan', channels: [4, 4], kernelSize: 4, minibatchStddev: 2 },
        regularisers: ['gradient-penalty'],
      },
      'regularisers',
      /minibatch standard deviation/,
    ],
    [
      'groups that do not divide the batch',
      {
        data: digits,
        generator: { network: 'dcgan', channels: [4, 4], kernelSize: 4 },
        discriminator: { network: 'dcgan', channels: [4, 4], kernelSize: 4, minibatchStddev: 3 },
      },
      'discriminator.minibatchStddev',
      /divides the batch size, 4, found 3/,
    ],
    [
      'groups that do not divide the packs of a batch',
      {
        data: digits,
        generator: { network: 'dcgan', channels: [4, 4], kernelSize: 4 },
        discriminator: { network: 'dcgan', channels: [4, 4], kernelSize: 4, minibatchStddev: 4 },
        regularisers: ['pac'],
      },
      'discriminator.minibatchStddev',
      /number of packs in a batch, 2, found 4/,
    ],
    [
      'packs that do not divide the batch',
      { data: digits, regularisers: [{ name: 'pac', samples: 3 }] },
      'regularisers',
      /3 "samples" do not divide the batch size, 4/,
    ],
    [
      'packs of classes',
      { data: digits, conditioning: 'projection', regularisers: ['pac'] },
      'regularisers',
      /different classes/,
    ],
    [
      'packs of pairs',
      { data: pairs, model: 'pix2pix', regularisers: ['pac'] },
      'regularisers',
      /one output/,
    ],
    [
      'packs of patches',
      {
        data: digits,
        generator: { network: 'dcgan', channels: [4, 4], kernelSize: 4 },
        discriminator: patchgan,
        regularisers: ['pac'],
      },
      'regularisers',
      /"patchgan" judges patches/,
    ],
    [
      'the best of images that have no loss of their own',
      { data: digits, objective: 'relativistic-pairing', topK: 0.5 },
      'topK',
      /"relativistic-pairing" the generator’s loss compares/,
    ],
    ['the best of translations', { data: pairs, topK: { from: 1, to: 0.5 } }, 'topK', /every image/],
    [
      'one target for both kinds',
      { data: digits, objective: { name: 'least-squares', a: 1, b: 1 } },
      'objective',
      /same target/,
    ],
    [
      'a generator of images from latents',
      { data: unpaired, generator: { network: 'mlp' }, discriminator: patchgan },
      'generator',
      /starts from latents/,
    ],
    [
      'a generator from images without any',
      { data: digits, generator: { network: 'unet' }, discriminator: patchgan },
      'generator',
      /no input images/,
    ],
    [
      'latents with nothing to learn from',
      { data: digits, adversarialWeight: 0 },
      'adversarialWeight',
      /no other loss/,
    ],
    [
      'a conditioning of unpaired data',
      { data: unpaired, model: 'cyclegan', conditioning: 'concatenation' },
      'conditioning',
      /only one side/,
    ],
    [
      'a pool that is smaller than a batch',
      { data: { ...unpaired, batchSize: 4 }, model: 'cyclegan', cycle: { poolSize: 3 } },
      'cycle.poolSize',
      /at least the batch size/,
    ],
    [
      'unpaired data without discriminators',
      { data: unpaired, model: 'cyclegan', adversarialWeight: 0 },
      'adversarialWeight',
      /copying the input/,
    ],
    [
      'a class for normalisation layers that there are not',
      {
        data: digits,
        generator: { network: 'mlp' },
        discriminator: { network: 'mlp' },
        conditioning: { name: 'projection', generator: 'batch-norm' },
      },
      'conditioning.generator',
      /no normalisation layers/,
    ],
  ])('%s', (_what, experiment, path, reason) => {
    const found = refusals(experiment);
    expect(found.join('\n')).toMatch(reason);
    expect(found.find((line) => reason.test(line))).toMatch(
      new RegExp(`^${path.replace(/[.[\]]/g, '\\$&')}`),
    );
  });

  it('and what makes sense is not', () => {
    expect(refusals({ data: unpaired, model: 'cyclegan' })).toEqual([]);
    for (const objective of ['non-saturating', 'minimax', 'hinge', 'least-squares'])
      expect(
        refusals({
          data: digits,
          objective,
          augmentation: { transforms: ['cutout'], probability: 'adaptive' },
        }),
      ).toEqual([]);
    expect(
      refusals({
        data: { ...unpaired, batchSize: 8 },
        model: 'cyclegan',
        cycle: { poolSize: 0 },
        criticSteps: 2,
      }),
    ).toEqual([]);
  });
});
