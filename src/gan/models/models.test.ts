import { expect, it } from 'vitest';
import { parseExperiment } from '../../config/load';
import { stylegan2 } from './definitions';
import { models } from './registry';

/** Data suited to each model. */
const DATA: Readonly<Record<string, Record<string, unknown>>> = {
  toy2d: { source: 'points2d' },
  pix2pix: { source: 'shapes' },
  cyclegan: { source: 'emoji', use: 'unpaired' },
  srgan: { source: 'digits', superResolution: 2 },
};

it.each(models.map(({ name }) => name))('%s can be trained as it is on data that it is for', (model) => {
  const data = DATA[model] ?? { source: 'digits' };
  const config = parseExperiment(JSON.stringify({ data, model }), `${model}.gan.json`);
  expect(config.model).toBe(model);
});

it.each([
  [28, 28, [64, 64, 32]],
  [32, 32, [64, 64, 64, 32]],
  [64, 48, [64, 64, 32, 16]],
  [256, 256, [64, 64, 64, 32, 16, 8, 8]],
])('stylegan2 has layers for images of %d×%d', (height, width, channels) => {
  const example = { kind: 'image', height, width, channels: 3 } as const;
  const { generator, discriminator } = stylegan2.expand({ example });
  expect(generator.channels).toEqual(channels);
  expect(discriminator.channels).toEqual(channels.toReversed());
});

it.each([
  ['toy2d', { source: 'points2d' }],
  ['dcgan', { source: 'digits' }],
  ['pix2pix', { source: 'shapes' }],
  ['cyclegan', { source: 'emoji', use: 'unpaired' }],
  ['srgan', { source: 'digits', superResolution: 2 }],
])('%s is what is meant where the data is for it and nothing is said', (model, data) => {
  expect(parseExperiment(JSON.stringify({ data }), 'x.gan.json').model).toBe(model);
});
