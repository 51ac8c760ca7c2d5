import { expect, it } from 'vitest';
import { applicable } from './applicable-config';

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
