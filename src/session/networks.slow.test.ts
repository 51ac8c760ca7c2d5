/** Every network that a config can name, with a compatible partner, for a whole step compiled and on the oracle. */
import { describe, expect, it } from 'vitest';
import { openOracle, worstError } from '../../test/support/engines';
import { byNetwork, trainExperiment } from '../../test/support/experiment-training';
import { nativeEngines } from '../../test/support/present-engines';
import type { UserModules } from '../gan/networks/network';
import { networks } from '../gan/networks/registry';
import { dense } from '../nn/layers';

const TINY = { imageSize: 8, channels: 1, batchSize: 2 };
const plain = { source: 'folder', folder: '.', ...TINY };
const pairs = { source: 'pairs', folder: '.', ...TINY };
const dcgan = { network: 'dcgan', channels: [4, 4], kernelSize: 3 };
const points = { source: 'points2d', batchSize: 2 };
const patchgan = { network: 'patchgan', channels: 4, layers: 1 };

/** Contents of a user's module. */
const modules: UserModules = {
  network: () => (scope, x) => dense(scope, 'layer', x, { units: x.shape[1] === 3 ? 2 : 1 }),
};

const experiments: readonly object[] = [
  { data: plain, generator: dcgan, discriminator: { ...dcgan, batchNorm: true } },
  {
    data: { source: 'digits', batchSize: 2 },
    generator: { network: 'dcgan-textbook' },
    discriminator: { network: 'dcgan-textbook' },
  },
  {
    data: points,
    generator: { network: 'mlp', hidden: [6], norm: 'layer' },
    discriminator: { network: 'mlp', hidden: [6], dropout: 0.3 },
  },
  {
    data: plain,
    generator: { network: 'resnet', channels: [4, 4], attention: 1 },
    discriminator: { network: 'resnet', channels: [4, 4], halvings: 1, attention: 1 },
  },
  {
    data: { ...plain, channels: 3 },
    generator: { network: 'r3gan', channels: [4, 6], blocks: 1, groupSize: 4 },
    discriminator: { network: 'r3gan', channels: [4, 6], blocks: 1, groupSize: 4 },
  },
  {
    data: { ...plain, channels: 3 },
    generator: { network: 'stylegan2', channels: [4, 6], mappingLayers: 2 },
    discriminator: { network: 'stylegan2', channels: [4, 6], minibatchStddev: 2 },
  },
  {
    data: plain,
    generator: { network: 'fastgan', channels: [4, 4, 3], excitation: 2 },
    discriminator: { network: 'fastgan', channels: [4, 4, 4], norm: 'layer' },
    regularisers: ['reconstruction'],
  },
  { data: pairs, generator: { network: 'unet', channels: 4 }, discriminator: patchgan },
  {
    data: { ...pairs, use: 'unpaired', targets: '..' },
    generator: { network: 'resnet-translate', channels: 4, blocks: 1 },
    discriminator: patchgan,
    cycle: { poolSize: 2 },
  },
  {
    data: { ...plain, superResolution: 2 },
    generator: { network: 'srresnet', channels: 4, blocks: 1 },
    discriminator: { network: 'srgan', channels: [4, 4], units: 4 },
  },
  {
    data: points,
    generator: {
      network: 'layers',
      layers: [
        { layer: 'dense', units: 6 },
        { layer: 'activation', function: 'leaky-relu' },
        { layer: 'dense', units: 2 },
      ],
    },
    discriminator: {
      network: 'layers',
      layers: [
        { layer: 'dense', units: 6 },
        { layer: 'activation', function: 'tanh' },
        { layer: 'dense', units: 1 },
      ],
    },
  },
  {
    data: points,
    generator: { network: 'module', module: './nets.mjs', export: 'generator' },
    discriminator: { network: 'module', module: './nets.mjs', export: 'discriminator' },
  },
];

const described = experiments.map((experiment): [string, object] => [
  [...JSON.stringify(experiment).matchAll(/"network":"([^"]*)"/g)].map(([, name]) => name).join(' and '),
  { latent: { size: 3 }, length: { steps: 1 }, ...experiment },
]);

it('leaves no registered network out', () => {
  const named = new Set(described.flatMap(([names]) => names.split(' and ')));
  expect([...named].sort()).toEqual([...new Set(networks.map(({ name }) => name))].sort());
});

describe.each(nativeEngines)('on $name', ({ open }) => {
  it.each(described)('%s: a compiled step equals the oracle', async (_names, experiment) => {
    const compiled = await trainExperiment(await open(1), experiment, 1, modules);
    const oracle = await trainExperiment(openOracle(), experiment, 1, modules);
    const { name, error } = worstError(byNetwork(compiled.state), byNetwork(oracle.state));
    expect(error, name).toBeLessThan(1e-4);
    expect(oracle.results[0]?.nonFinite).toBeUndefined();
  });
});
