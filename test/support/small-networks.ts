/** Experiments with networks of a few channels, for tests of what is made of trained ones. */
import type { NetworkName } from '../../src/export/exporter';
import { folderData } from './checkpointed-run';

export const dcgan = {
  generator: { network: 'dcgan', channels: [4, 3], kernelSize: 3 },
  discriminator: { network: 'dcgan', channels: [3, 4], kernelSize: 4, batchNorm: true },
};
export const images = { data: folderData(), latent: { size: 5 }, ...dcgan };
export const digits = { ...images, data: { source: 'digits', batchSize: 4 } };
export const pairs = folderData({ source: 'pairs', imageSize: 16 });
export const patchgan = { network: 'patchgan', channels: 3, layers: 1 };
export const superResolution = {
  data: folderData({ imageSize: 16, superResolution: 2 }),
  generator: { network: 'srresnet', channels: 4, blocks: 1 },
  discriminator: patchgan,
};

export const generator = (options: object) => ({ ...images, generator: { ...dcgan.generator, ...options } });

export const listedLayers = {
  ...images,
  generator: {
    network: 'layers',
    layers: [
      { layer: 'dense', units: 8 * 8 * 4 },
      { layer: 'reshape', to: [8, 8, 4] },
      { layer: 'conv', filters: 6, kernelSize: 3, strides: 2 },
      { layer: 'activation', function: 'prelu' },
      { layer: 'nearest' },
      { layer: 'average-pool' },
      { layer: 'nearest' },
      { layer: 'nearest' },
      { layer: 'conv', filters: 3, kernelSize: 3, padding: 'valid' },
      { layer: 'batch-norm', momentum: 0.8, epsilon: 0.5 },
      { layer: 'max-pool', size: 3 },
      { layer: 'upsample', filters: 4 },
      { layer: 'activation', function: 'softplus' },
      { layer: 'conv', filters: 3, kernelSize: 2 },
      { layer: 'activation', function: 'tanh' },
    ],
  },
};

export const r3gan = {
  ...images,
  generator: { network: 'r3gan', channels: [6, 4], blocks: 1, groupSize: 4 },
};

export const stylegan2 = {
  ...images,
  generator: { network: 'stylegan2', channels: [6, 4], mappingLayers: 2 },
};

/** A network of each kind that exports of layers have to deal with: its name, an experiment, and which of its networks. */
export const networkFamilies: readonly [string, object, NetworkName?][] = [
  ['transposed convolutions', images],
  ['kernels of odd size', generator({ kernelSize: 5 })],
  ['nearest-neighbour upsampling', generator({ upsampling: 'nearest' })],
  ['sub-pixel convolution', generator({ upsampling: 'sub-pixel' })],
  ['instance normalisation', generator({ norm: 'instance' })],
  ['layer normalisation', generator({ norm: 'layer' })],
  ['pixel normalisation', generator({ norm: 'pixel' })],
  ['the textbook', { ...digits, generator: { network: 'dcgan-textbook' } }],
  ['dense layers', { ...images, generator: { network: 'mlp', hidden: [7, 6], norm: 'batch' } }],
  [
    'residual blocks and attention',
    { ...images, generator: { network: 'resnet', channels: [8, 8, 8], attention: 1 } },
  ],
  [
    'classes beside the latent',
    { ...digits, conditioning: { name: 'projection', generator: 'concatenate' } },
  ],
  [
    'classes in batch normalisation',
    { ...digits, conditioning: { name: 'projection', generator: 'batch-norm' } },
  ],
  ['a U-Net', { data: pairs, generator: { network: 'unet', channels: 4 }, discriminator: patchgan }],
  [
    'residual translation back',
    {
      data: { ...pairs, targets: '.', use: 'unpaired' },
      generator: { network: 'resnet-translate', channels: 4, blocks: 1 },
      discriminator: patchgan,
    },
    'generatorBack',
  ],
  ['super-resolution', superResolution],
  ['grouped convolutions', r3gan],
  ['styles', stylegan2],
  ['a discriminator that is told the class', { ...digits, conditioning: 'projection' }, 'discriminator'],
  [
    'a discriminator that sees the input',
    { data: pairs, generator: { network: 'unet', channels: 4 }, discriminator: patchgan },
    'discriminator',
  ],
];
