/**
 * Tests parts of every kind in combination: a covering set of combinations trains a few steps at the smallest sizes,
 * and every pair that no combination allows is rejected with a reason.
 */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { coveringArray, type Row } from '../../test/support/covering-array';
import { configOf, trainExperiment } from '../../test/support/experiment-training';
import { ConfigError } from '../config/config-error';
import { openNativeEngine } from '../engine/onnx/open-native';
import type { UserModules } from '../gan/networks/network';
import { objectives } from '../gan/objectives/registry';
import { optimisers } from '../gan/optimisers/registry';
import { regularisers } from '../gan/regularisers/registry';
import { conv2d, dense, flatten, leakyRelu, norm } from '../nn/layers';

const STEPS = 3;
const TINY = { imageSize: 8, channels: 1, batchSize: 2 };
const labelled = { source: 'folder', folder: '.', labels: 'folders', ...TINY };
const pairs = { source: 'pairs', folder: '.', ...TINY };
const dcgan = { network: 'dcgan', channels: [4, 4], kernelSize: 3 };
const mlp = { network: 'mlp', hidden: [6] };
const normalised = { ...mlp, norm: 'layer' };
const patchgan = { network: 'patchgan', channels: 4, layers: 1 };

/** Contents of a user's module. */
const modules: UserModules = {
  network: (_file, name) => (scope, x) => {
    if (name === 'discriminator') {
      const map = scope.tap('hidden1', conv2d(scope, 'map', x, { filters: 2, kernelSize: 3, strides: 2 }));
      const features = scope.tap('features', dense(scope, 'features', flatten(leakyRelu(map)), { units: 6 }));
      return dense(scope, 'logit', leakyRelu(features), { units: 1 });
    }
    const hidden = leakyRelu(dense(scope, 'hidden', flatten(x), { units: 6 }));
    const image = dense(scope, 'image', norm(scope, 'norm', hidden, 'batch'), { units: 64 });
    return tf.tanh(tf.reshape(image, [-1, 8, 8, 1]));
  },
};

type Values = readonly (readonly [string, object])[];

function named(key: string, parts: readonly { readonly name: string }[]): Values {
  return parts.map(({ name }) => [name, { [key]: name }]);
}

/** Options of each kind; the first is the default of an experiment that does not mention it. */
const FACTORS: Readonly<Record<string, Values>> = {
  networks: [
    ['dcgan', { data: labelled, generator: dcgan, discriminator: dcgan }],
    ['points', { data: { source: 'points2d', batchSize: 2 }, generator: mlp, discriminator: mlp }],
    ['mlp', { data: labelled, generator: normalised, discriminator: { ...mlp, dropout: 0.3 } }],
    ['batch norm', { data: labelled, generator: dcgan, discriminator: { ...dcgan, batchNorm: true } }],
    [
      'resnet with attention',
      {
        data: labelled,
        generator: { network: 'resnet', channels: [4, 4], attention: 1 },
        discriminator: { network: 'resnet', channels: [4], halvings: 1, attention: 1 },
      },
    ],
    [
      'styles',
      {
        data: labelled,
        generator: { network: 'stylegan2', channels: [4, 4], mappingLayers: 1 },
        discriminator: { network: 'stylegan2', channels: [4, 4], minibatchStddev: 2 },
        generatorRegularisers: [{ name: 'path-length', every: 1 }],
      },
    ],
    ['pix2pix', { data: pairs, generator: { network: 'unet', channels: 4 }, discriminator: patchgan }],
    [
      'layer lists',
      {
        data: labelled,
        generator: {
          network: 'layers',
          layers: [
            { layer: 'dense', units: 64, initialiser: 'orthogonal' },
            { layer: 'reshape', to: [4, 4, 4] },
            { layer: 'norm', by: 'batch' },
            { layer: 'activation', function: 'relu' },
            { layer: 'upsample', filters: 1, method: 'nearest', initialiser: 'he' },
            { layer: 'activation', function: 'tanh' },
          ],
        },
        discriminator: {
          network: 'layers',
          layers: [
            { layer: 'conv', filters: 4, strides: 2, initialiser: 'normal' },
            { layer: 'norm', by: 'layer' },
            { layer: 'activation', function: 'leaky-relu' },
            { layer: 'average-pool' },
            { layer: 'global-pool', by: 'mean' },
            { layer: 'dense', units: 1 },
          ],
        },
      },
    ],
    [
      'minibatch deviation',
      {
        data: { ...labelled, batchSize: 4 },
        generator: dcgan,
        discriminator: { ...dcgan, minibatchStddev: 2 },
      },
    ],
    [
      'modules',
      {
        data: labelled,
        generator: { module: './nets.mjs', export: 'generator' },
        discriminator: { module: './nets.mjs', export: 'discriminator' },
      },
    ],
    [
      'textbook',
      {
        data: { source: 'digits', batchSize: 2 },
        generator: { network: 'dcgan-textbook' },
        discriminator: { network: 'dcgan-textbook' },
      },
    ],
    [
      'instance norm',
      {
        data: labelled,
        generator: { ...dcgan, norm: 'instance', upsampling: 'nearest' },
        discriminator: { ...dcgan, norm: 'instance', downsampling: 'average' },
      },
    ],
    [
      'pixel norm',
      {
        data: labelled,
        generator: { ...dcgan, norm: 'pixel', upsampling: 'sub-pixel' },
        discriminator: { ...dcgan, norm: 'layer', dropout: 0.2 },
      },
    ],
    [
      'label maps',
      {
        data: { source: 'shapes', imageSize: 32, batchSize: 2 },
        generator: { network: 'resnet-translate', channels: 2, blocks: 1 },
        discriminator: patchgan,
      },
    ],
    [
      'super-resolution',
      {
        data: { ...labelled, superResolution: 2 },
        generator: { network: 'srresnet', channels: 4, blocks: 1 },
        discriminator: { network: 'srgan', channels: [4, 4], units: 4, norm: 'none' },
      },
    ],
    [
      'cyclegan',
      {
        data: { ...pairs, use: 'unpaired', targets: '..' },
        generator: { network: 'resnet-translate', channels: 2, blocks: 1 },
        discriminator: patchgan,
        cycle: { poolSize: 3 },
      },
    ],
  ],
  regulariser: [
    ['none', {}],
    // SAN goes with two objectives only, which the search for combinations would not find.
    ...regularisers
      .filter(({ name }) => name !== 'san')
      .map(({ name }): [string, object] => [name, { regularisers: [name] }]),
    ['lazy r1', { regularisers: [{ name: 'r1', every: 2 }, 'spectral-norm'] }],
  ],
  objective: [
    ...named('objective', objectives),
    ['smoothed labels', { objective: { name: 'non-saturating', labelSmoothing: 0.1 } }],
  ],
  conditioning: [
    ['none', {}],
    ['concatenation', { conditioning: 'concatenation' }],
    ['projection', { conditioning: 'projection' }],
    ['by normalisation', { conditioning: { name: 'projection', generator: 'batch-norm' } }],
    ['auxiliary classifier', { conditioning: 'auxiliary-classifier' }],
  ],
  augmentation: [
    ['none', {}],
    ['always', { augmentation: { transforms: ['colour', 'translation', 'cutout', 'flip'] } }],
    ['at times', { augmentation: { transforms: ['translation', 'colour'], probability: 0.5 } }],
    [
      'adaptive',
      { augmentation: { transforms: ['flip', 'cutout'], probability: 'adaptive', rampImages: 20 } },
    ],
  ],
  target: [
    ['none', {}],
    ['l1', { generatorLosses: ['l1'] }],
    ['cross-entropy', { generatorLosses: ['cross-entropy'] }],
    ['l2 and features', { generatorLosses: ['l2', 'features'] }],
  ],
  optimiser: optimisers.map(({ name }): [string, object] => [name, { optimiser: { name } }]),
  schedule: [
    ['constant', {}],
    ['linear', { schedule: { name: 'linear', start: 0.3 } }],
    ['cosine with warm-up', { schedule: { name: 'cosine', warmupSteps: 1 } }],
  ],
  clipping: [
    ['none', {}],
    ['clipped', { gradientClipping: 0.5 }],
  ],
  average: [
    ['averaged', {}],
    ['none', { ema: false }],
  ],
  updates: [
    ['one each', {}],
    ['two of the critic', { criticSteps: 2 }],
    ['of two batches', { accumulate: 2 }],
  ],
};

const kinds = Object.keys(FACTORS);
const lists = Object.values(FACTORS);

function experimentOf(row: Row): object {
  const chosen = lists.map((values, f) => values[row[f] ?? 0]?.[1] ?? {});
  return Object.assign({ latent: { size: 3 }, length: { steps: STEPS } }, ...chosen);
}

function describeRow(row: Row): string {
  const said = lists.flatMap((values, f) => (row[f] === 0 && f > 0 ? [] : (values[row[f] ?? 0]?.[0] ?? [])));
  return said.join(', ');
}

function refusalOf(row: Row): string | undefined {
  try {
    configOf(experimentOf(row));
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

const { rows, impossible } = coveringArray(
  lists.map((values) => values.length),
  (row) => refusalOf(row) === undefined,
);

describe('a covering set of combinations trains without NaN', () => {
  it.each(rows.map((row): [string, Row] => [describeRow(row), row]))('%s', async (_what, row) => {
    const { state, results } = await trainExperiment(
      // Rewritten graphs are tested on each part by itself; here, rewriting would take most of the time.
      await openNativeEngine(1, { rewritesGraphs: false }),
      experimentOf(row),
      STEPS,
      modules,
    );
    expect(results.map(({ nonFinite }) => nonFinite)).toEqual(results.map(() => undefined));
    for (const [leaf, { data }] of Object.entries(state))
      expect(data.every(Number.isFinite), leaf).toBe(true);
  });
});

describe('what no combination allows', () => {
  const refused = impossible.map(({ factors, values }) => {
    const row = lists.map((_, f) => values[factors.indexOf(f)] ?? 0);
    const label = factors.map((f, i) => `${kinds[f]} ${lists[f]?.[values[i] ?? 0]?.[0]}`).join(' with ');
    return { label, message: refusalOf(row) ?? '' };
  });

  it('is refused with a reason', () => {
    for (const { label, message } of refused)
      expect(message, label).toMatch(
        /(cannot be used here: |does not suit the data: |Expected |need|compare).{10}/,
      );
  });

  it('is what makes no sense, and nothing else', () => {
    expect(refused.map(({ label }) => label)).toMatchInlineSnapshot(`
      [
        "networks points with regulariser consistency",
        "networks points with regulariser reconstruction",
        "networks mlp with regulariser reconstruction",
        "networks batch norm with regulariser gradient-penalty",
        "networks styles with regulariser gradient-penalty",
        "networks styles with regulariser pac",
        "networks pix2pix with regulariser pac",
        "networks minibatch deviation with regulariser gradient-penalty",
        "networks label maps with regulariser pac",
        "networks super-resolution with regulariser pac",
        "networks cyclegan with regulariser pac",
        "networks points with conditioning by normalisation",
        "networks styles with conditioning by normalisation",
        "networks pix2pix with conditioning concatenation",
        "networks pix2pix with conditioning projection",
        "networks pix2pix with conditioning by normalisation",
        "networks pix2pix with conditioning auxiliary classifier",
        "networks pixel norm with conditioning by normalisation",
        "networks label maps with conditioning concatenation",
        "networks label maps with conditioning projection",
        "networks label maps with conditioning by normalisation",
        "networks label maps with conditioning auxiliary classifier",
        "networks cyclegan with conditioning concatenation",
        "networks cyclegan with conditioning projection",
        "networks cyclegan with conditioning by normalisation",
        "networks cyclegan with conditioning auxiliary classifier",
        "networks points with augmentation always",
        "networks points with augmentation at times",
        "networks points with augmentation adaptive",
        "networks label maps with augmentation always",
        "networks label maps with augmentation at times",
        "networks dcgan with target l1",
        "networks dcgan with target cross-entropy",
        "networks dcgan with target l2 and features",
        "networks points with target l1",
        "networks points with target cross-entropy",
        "networks points with target l2 and features",
        "networks mlp with target l1",
        "networks mlp with target cross-entropy",
        "networks mlp with target l2 and features",
        "networks batch norm with target l1",
        "networks batch norm with target cross-entropy",
        "networks batch norm with target l2 and features",
        "networks resnet with attention with target l1",
        "networks resnet with attention with target cross-entropy",
        "networks resnet with attention with target l2 and features",
        "networks styles with target l1",
        "networks styles with target cross-entropy",
        "networks styles with target l2 and features",
        "networks pix2pix with target cross-entropy",
        "networks layer lists with target l1",
        "networks layer lists with target cross-entropy",
        "networks layer lists with target l2 and features",
        "networks minibatch deviation with target l1",
        "networks minibatch deviation with target cross-entropy",
        "networks minibatch deviation with target l2 and features",
        "networks modules with target l1",
        "networks modules with target cross-entropy",
        "networks modules with target l2 and features",
        "networks textbook with target l1",
        "networks textbook with target cross-entropy",
        "networks textbook with target l2 and features",
        "networks instance norm with target l1",
        "networks instance norm with target cross-entropy",
        "networks instance norm with target l2 and features",
        "networks pixel norm with target l1",
        "networks pixel norm with target cross-entropy",
        "networks pixel norm with target l2 and features",
        "networks super-resolution with target cross-entropy",
        "networks cyclegan with target l1",
        "networks cyclegan with target cross-entropy",
        "networks cyclegan with target l2 and features",
        "regulariser none with objective wasserstein",
        "regulariser r1 with objective wasserstein",
        "regulariser r2 with objective wasserstein",
        "regulariser dragan with objective wasserstein",
        "regulariser instance-noise with objective wasserstein",
        "regulariser consistency with objective wasserstein",
        "regulariser lecam with objective wasserstein",
        "regulariser pac with objective wasserstein",
        "regulariser reconstruction with objective wasserstein",
        "regulariser pac with conditioning concatenation",
        "regulariser pac with conditioning projection",
        "regulariser pac with conditioning by normalisation",
        "regulariser pac with conditioning auxiliary classifier",
        "regulariser pac with target l1",
        "regulariser pac with target cross-entropy",
        "regulariser pac with target l2 and features",
        "objective wasserstein with augmentation adaptive",
        "objective relativistic-average with augmentation adaptive",
        "objective relativistic-pairing with augmentation adaptive",
        "conditioning concatenation with target cross-entropy",
        "conditioning projection with target cross-entropy",
        "conditioning by normalisation with target cross-entropy",
        "conditioning auxiliary classifier with target cross-entropy",
        "augmentation always with target cross-entropy",
        "augmentation at times with target cross-entropy",
      ]
    `);
  });
});
