/** N steps in one go, or N/2 and a resume, give the same bytes, whatever a family of GANs keeps in its state. */
import { describe, expect, it } from 'vitest';
import { configOf, shapeOfData, taskOf } from '../../test/support/experiment-training';
import { noiseData } from '../../test/support/noise-data';
import { nativeEngines, openForTest } from '../../test/support/present-engines';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { cycleGan, images, pix2pix, points, superResolution } from '../../test/support/tiny-experiments';
import { checkpointBytes, resume, trainNew } from '../../test/support/training-job';
import { stepFileName } from '../shared/run-format';
import { decodeSafetensors } from '../storage/safetensors';

/** Name, experiment, and a leaf that its state must contain. */
const families: readonly [string, object, string][] = [
  [
    'spectral vectors',
    { ...images, objective: 'hinge', regularisers: ['spectral-norm'] },
    'discriminator/logit/kernel.spectralVector',
  ],
  [
    'the probability of adaptive augmentation',
    {
      ...images,
      augmentation: { transforms: ['flip', 'translation'], probability: 'adaptive', rampImages: 40 },
    },
    'augment/probability',
  ],
  ['averaged weights', { ...points, ema: { decay: 0.9, rampUp: 2 } }, 'ema/generator/output/kernel'],
  [
    'gradients that wait for the rest of their batch',
    { ...points, accumulate: 2, criticSteps: 2, gradientClipping: 1, schedule: 'cosine' },
    'accumulated/discriminator/logit/kernel',
  ],
  [
    'slots of RMSprop under clipped weights',
    {
      ...points,
      optimiser: { name: 'rmsprop' },
      objective: 'wasserstein',
      regularisers: ['weight-clipping'],
    },
    'discriminator/logit/kernel',
  ],
  [
    'dropout and batch normalisation',
    { ...images, discriminator: { ...images.discriminator, dropout: 0.5, batchNorm: true } },
    'discriminator/down2/kernel',
  ],
  [
    'instance noise and lazy R1',
    { ...images, regularisers: ['instance-noise', { name: 'r1', every: 4 }] },
    'discriminator/down1/kernel',
  ],
  [
    'conditioning on class',
    { ...images, conditioning: { name: 'projection', generator: 'batch-norm' } },
    'discriminator/projection/embedding',
  ],
  [
    'styles with a running mean, noise and path length',
    {
      ...images,
      generator: { network: 'stylegan2', channels: [4, 3], mappingLayers: 1 },
      discriminator: { network: 'stylegan2', channels: [3, 4], minibatchStddev: 2 },
      generatorRegularisers: [{ name: 'path-length', every: 2 }],
    },
    'regularisers/generator/path-length/mean',
  ],
  [
    'an auxiliary classifier',
    { ...images, conditioning: 'auxiliary-classifier', criticSteps: 2 },
    'discriminator/classifier/kernel',
  ],
  [
    'frozen layers',
    {
      ...images,
      regularisers: ['spectral-norm'],
      freeze: { generator: ['project'], discriminator: ['down1'] },
    },
    'discriminator/down1/kernel.spectralVector',
  ],
  [
    'scheduled scalars',
    {
      ...points,
      criticSteps: 2,
      regularisers: [{ name: 'r1', weight: { from: 2, to: 0.2 } }],
      optimiser: { beta2: { from: 0.9, to: 0.99 } },
      ema: { decay: { halfLife: { from: 0, to: 3 } } },
    },
    'ema/generator/output/kernel',
  ],
  [
    'moving averages of logits',
    { ...points, regularisers: ['lecam'], accumulate: 2 },
    'regularisers/discriminator/lecam/fake',
  ],
  ['pix2pix', pix2pix, 'discriminator/conv1/kernel'],
  ['super-resolution', superResolution, 'discriminator/conv1/kernel'],
  ['CycleGAN and its pools', cycleGan, 'pool/back'],
  [
    'CycleGAN and its moving averages of logits',
    { ...cycleGan, regularisers: ['lecam'] },
    'regularisers/discriminatorBack/lecam/real',
  ],
];

describe.each(nativeEngines)('on $name', (definition) => {
  it.each(families)('resume is exact: %s', async (_what, experiment, leaf) => {
    const config = configOf(experiment);
    const data = noiseData(shapeOfData(config), 9);
    const train = async (totals: readonly number[]): Promise<Buffer> => {
      let folder: string | undefined;
      for (const totalSteps of totals) {
        const engine = await openForTest(definition);
        const settings = { sampleEvery: 6, sampleCount: 2, checkpointEvery: 3, totalSteps };
        const job = { task: taskOf(config), engine, data, settings };
        if (folder === undefined) folder = await trainNew(await temporaryFolder(), job);
        else await resume(folder, job);
      }
      return await checkpointBytes(folder ?? '', stepFileName(6, 'safetensors'));
    };
    const straight = await train([6]);
    expect((await train([3, 6])).equals(straight)).toBe(true);
    expect(Object.keys(decodeSafetensors(straight, 'the checkpoint').tensors)).toContain(leaf);
  });
});
