import { expect, it } from 'vitest';
import { applicable, flatten } from './config-rows';

it('writes every value with its path', () => {
  const config = {
    steps: 5,
    kernel: [5, 5],
    adam: { beta1: 0.5 },
    regularisers: [{ name: 'r1', weight: 0.1 }],
  };
  expect(flatten(config, '')).toEqual([
    ['steps', '5'],
    ['kernel', '[5,5]'],
    ['adam.beta1', '0.5'],
    ['regularisers[0].name', 'r1'],
    ['regularisers[0].weight', '0.1'],
  ]);
});

it('keeps what is empty', () => {
  expect(flatten({ layers: [], options: {} }, '')).toEqual([
    ['layers', '[]'],
    ['options', '{}'],
  ]);
});

it('leaves out what the run makes no use of', () => {
  const config = {
    latent: { size: 100 },
    discriminator: { network: 'dcgan', batchNorm: false, norm: 'none' },
    cycle: { weight: 10 },
    augmentation: { probability: 1, target: 0.6, rampImages: 500_000 },
  };
  const plain = { discriminator: { network: 'dcgan', norm: 'none' }, augmentation: { probability: 1 } };
  expect(applicable(config, {})).toEqual({ latent: { size: 100 }, ...plain });
  expect(applicable(config, { generatorInput: 'images' })).toEqual(plain);
  const unpaired = { examples: 8, heldOut: 2, inputs: 9 };
  expect(applicable(config, { generatorInput: 'images', data: unpaired })).toEqual({
    cycle: { weight: 10 },
    ...plain,
  });
  const textbook = { discriminator: { batchNorm: true, norm: 'none' }, augmentation: false };
  expect(applicable(textbook, {})).toEqual({ discriminator: { batchNorm: true }, augmentation: false });
  const adaptive = { augmentation: { probability: 'adaptive', target: 0.6 } };
  expect(applicable(adaptive, {})).toEqual(adaptive);
});
