import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { worstError } from '../../../test/support/engines';
import { networkOnBoth } from '../../../test/support/networks';
import { conv2d, dense, flatten } from '../../nn/layers';
import type { ExampleShape } from '../../shared/example-shape';
import { exampleExtents } from '../../shared/example-shape';
import { dcganDiscriminator, dcganGenerator } from './dcgan';
import { mlpDiscriminator } from './mlp';
import type { NetworkContext, NetworkDefinition, UserModules } from './network';
import { patchganDiscriminator } from './patchgan';
import { r3ganDiscriminator } from './r3gan';
import { networks } from './registry';
import { resnetDiscriminator, resnetGenerator } from './resnet';
import { resnetTranslateGenerator } from './resnet-translate';
import { srganDiscriminator, srresnetGenerator } from './srgan';
import { unetGenerator } from './unet';

const image = (size: number, channels: number) =>
  ({ kind: 'image', height: size, width: size, channels }) as const;

/** Stands in for the modules that a session loads. */
const modules: UserModules = {
  network:
    (_module, name, { example }) =>
    (scope, input) => {
      if (name === 'generator') {
        const extents = exampleExtents(example);
        const units = extents.reduce((product, extent) => product * extent, 1);
        return tf.reshape(dense(scope, 'all', flatten(input), { units }), [-1, ...extents]);
      }
      const hidden = tf.tanh(conv2d(scope, 'hidden', input, { filters: 2, kernelSize: 3 }));
      scope.tap('hidden1', hidden);
      scope.tap('features', flatten(hidden));
      return dense(scope, 'logit', flatten(hidden), { units: 1 });
    },
};

/** From small to large: a network is tested on the first one that suits it. */
const CONTEXTS: readonly NetworkContext[] = [
  { example: image(8, 3), latentSize: 5, input: image(8, 2), modules },
  { example: image(8, 3), latentSize: 5, input: image(4, 3) },
  { example: image(16, 1), latentSize: 5, input: image(16, 1) },
  { example: image(28, 1), latentSize: 5 },
  { example: { kind: 'points', dimensions: 2 }, latentSize: 5 },
];

/** Options of networks without defaults. Between them the two lists cover every layer. */
const WRITTEN_OUT: Readonly<Record<string, Record<string, unknown>>> = {
  'generator layers': {
    layers: [
      { layer: 'flatten' },
      { layer: 'dense', units: 8, useBias: false, initialiser: 'he' },
      { layer: 'reshape', to: [1, 1, 8] },
      { layer: 'sub-pixel' },
      { layer: 'norm' },
      { layer: 'activation', function: 'relu' },
      { layer: 'nearest' },
      { layer: 'self-attention' },
      { layer: 'upsample', filters: 3, initialiser: 'normal' },
      { layer: 'activation', function: 'tanh' },
    ],
  },
  'generator fastgan': { channels: [4, 3, 4], excitation: 1 },
  'generator module': { module: './nets.mjs', export: 'generator' },
  'discriminator module': { module: './nets.mjs', export: 'critic' },
  'discriminator layers': {
    layers: [
      { layer: 'conv', filters: 4, strides: 2, initialiser: 'orthogonal' },
      { layer: 'activation', function: 'leaky-relu' },
      { layer: 'average-pool' },
      { layer: 'conv', filters: 4, padding: 'valid' },
      { layer: 'max-pool' },
      { layer: 'batch-norm', momentum: 0.8, epsilon: 0.8 },
      { layer: 'norm', by: 'layer' },
      { layer: 'dropout', rate: 0.3 },
      { layer: 'global-pool', by: 'mean' },
      { layer: 'dense', units: 1 },
    ],
  },
};

/** The defaults with widths capped at 4 and block counts capped at 2. */
function smallOptions(network: NetworkDefinition): Record<string, unknown> {
  const writtenOut = WRITTEN_OUT[`${network.role} ${network.name}`];
  if (writtenOut !== undefined) return writtenOut;
  const small = (key: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.slice(0, 2).map((entry) => small(key, entry));
    if (typeof value !== 'number' || key === 'kernelSize' || key === 'dropout') return value;
    return Math.min(value, key === 'blocks' || key === 'layers' ? 2 : 4);
  };
  const defaults = network.options.parse({});
  return Object.fromEntries(Object.entries(defaults).map(([key, value]) => [key, small(key, value)]));
}

function inputOf({ role, startsFrom }: NetworkDefinition, { example, input, latentSize }: NetworkContext) {
  if (role === 'discriminator') return [2, ...exampleExtents(example)];
  return startsFrom !== undefined && startsFrom !== 'latents' && input !== undefined
    ? [2, ...exampleExtents(input)]
    : [2, latentSize];
}

const TOLERANCE = 1e-4;

async function check(
  network: NetworkDefinition,
  options: Record<string, unknown>,
  context: NetworkContext,
  more: { readonly classes?: number; readonly second?: boolean; readonly mode?: 'sample' } = {},
) {
  expect(network.unsuitable(network.options.parse(options), context)).toBeUndefined();
  const result = await networkOnBoth({
    network: network.build(network.options.parse(options), context),
    input: inputOf(network, context),
    ...more,
  });
  const { name, error } = worstError(result.compiled, result.oracle);
  expect(error, name).toBeLessThan(TOLERANCE);
  expect(Object.values(result.oracle).every(({ data }) => data.some((value) => value !== 0))).toBe(true);
  return result;
}

describe('compiled, a network and all its gradients equal the oracle', () => {
  it.each(networks.map((network) => [`${network.role} ${network.name}`, network] as const))(
    '%s',
    async (_name, network) => {
      const options = smallOptions(network);
      const context = CONTEXTS.find(
        (candidate) => network.unsuitable(network.options.parse(options), candidate) === undefined,
      );
      if (context === undefined) throw new Error('no context of this test suits the network');
      const { outputShape, taps } = await check(network, options, context);
      const example: ExampleShape = context.example;
      if (network.role === 'generator') expect(outputShape).toEqual([2, ...exampleExtents(example)]);
      else {
        expect(taps).toContain('hidden1');
        if (network.judgesPatches) expect(outputShape).toHaveLength(4);
        else {
          expect(outputShape).toEqual([2, 1]);
          expect(taps).toContain('features');
        }
      }
    },
  );

  const eight = { example: image(8, 3), latentSize: 5 };
  const translation = { ...eight, input: image(8, 3) };
  it.each([
    [
      'dcgan, sub-pixel, instance norm',
      dcganGenerator,
      { channels: [4], upsampling: 'sub-pixel', norm: 'instance' },
    ],
    [
      'dcgan, nearest, pixel norm',
      dcganGenerator,
      { channels: [4], kernelSize: 3, upsampling: 'nearest', norm: 'pixel' },
    ],
    ['dcgan, no norm', dcganGenerator, { channels: [4], norm: 'none' }],
    [
      'dcgan, average, layer norm, dropout',
      dcganDiscriminator,
      { channels: [4, 4], downsampling: 'average', norm: 'layer', dropout: 0.3 },
    ],
    ['dcgan, batch norm', dcganDiscriminator, { channels: [4, 4], batchNorm: true }],
    ['mlp, layer norm, dropout', mlpDiscriminator, { hidden: [6], norm: 'layer', dropout: 0.5 }],
    ['resnet with attention', resnetGenerator, { channels: [4, 4], attention: 1, initialiser: 'orthogonal' }],
    [
      'resnet with attention',
      resnetDiscriminator,
      { channels: [4, 6], halvings: 1, attention: 1, norm: 'layer' },
    ],
    [
      'resnet-translate, sub-pixel',
      resnetTranslateGenerator,
      { channels: 2, blocks: 1, upsampling: 'sub-pixel' },
    ],
    ['unet, batch norm', unetGenerator, { channels: 2, norm: 'batch' }],
  ] satisfies [string, NetworkDefinition, Record<string, unknown>][])(
    '%s',
    async (_name, network, options) => {
      await check(network, options, translation);
    },
  );

  it.each<NetworkDefinition>([
    dcganDiscriminator,
    mlpDiscriminator,
    patchganDiscriminator,
    resnetDiscriminator,
    r3ganDiscriminator,
    srganDiscriminator,
  ])('$name with minibatch standard deviation', async (network) => {
    const options = { ...smallOptions(network), minibatchStddev: 2 };
    const contexts = CONTEXTS.filter(
      (context) => network.unsuitable(network.options.parse(options), context) === undefined,
    );
    const [context = eight] = contexts;
    await check(network, options, context);
    await check(network, options, context, { mode: 'sample' });
    expect(network.mixesExamples?.(network.options.parse(options))).toBe(true);
  });

  it('doubles twice where an image is to be four times as large', async () => {
    const context = { example: image(16, 1), latentSize: 5, input: image(4, 1) };
    const { outputShape } = await check(srresnetGenerator, { channels: 4, blocks: 1, norm: 'none' }, context);
    expect(outputShape).toEqual([2, 16, 16, 1]);
  });

  it('r3gan with groups that are convolved by themselves', async () => {
    await check(r3ganDiscriminator, { channels: [48, 24], groupSize: 48 }, eight);
  });

  it.each([dcganGenerator, resnetGenerator])('$name with normalisation by class', async (network) => {
    await check(network, { channels: [4, 4] }, eight, { classes: 3 });
    await check(network, { channels: [4, 4] }, eight, { classes: 3, mode: 'sample' });
  });
});
