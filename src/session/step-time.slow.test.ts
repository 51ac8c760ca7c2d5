import { expect, it } from 'vitest';
import { parseExperiment } from '../config/load';
import { declaredShape } from './dataset';
import { measureStepSeconds } from './step-time';

it.each([
  ['points', { data: { source: 'points2d', batchSize: 8 }, model: 'toy2d' }],
  [
    'images with classes',
    {
      data: { source: 'digits', batchSize: 4 },
      model: 'conditional',
      generator: { network: 'dcgan', channels: [4, 4] },
      discriminator: { network: 'dcgan', channels: [4, 4] },
    },
  ],
  [
    'pairs',
    {
      data: { source: 'shapes', imageSize: 32, batchSize: 2 },
      generator: { network: 'unet', channels: 4 },
      discriminator: { network: 'patchgan', channels: 4, layers: 1 },
      generatorLosses: ['l1'],
    },
  ],
  [
    'unpaired images',
    {
      data: { source: 'emoji', imageSize: 32, use: 'unpaired', batchSize: 1 },
      generator: { network: 'resnet-translate', channels: 4, blocks: 1 },
      discriminator: { network: 'patchgan', channels: 4, layers: 1 },
      objective: 'least-squares',
    },
  ],
])('steps on %s are timed without opening the data', async (_, experiment) => {
  const config = parseExperiment(JSON.stringify({ ...experiment, engine: { threads: 1 } }), 'x.gan.json');
  expect(await measureStepSeconds(config, declaredShape(config))).toBeGreaterThan(0);
});
