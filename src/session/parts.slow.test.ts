/** Every part that a config can name, for whole steps of the task that the config defines. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { openOracle, worstError } from '../../test/support/engines';
import { byNetwork, configOf, trainExperiment } from '../../test/support/experiment-training';
import { openNativeEngine } from '../engine/onnx/open-native';
import type { HostTensors } from '../shared/host-tensor';
import { runSettings } from './settings';

const STEPS = 3;
const IMAGES = {
  data: { source: 'digits', batchSize: 4 },
  latent: { size: 5 },
  generator: { network: 'dcgan', channels: [5, 4], kernelSize: 4 },
  discriminator: { network: 'dcgan', channels: [4, 5], kernelSize: 4 },
  ema: false,
  length: { steps: 10 },
};
const PAIRS = {
  ...IMAGES,
  data: { ...IMAGES.data, superResolution: 2 },
  generator: { network: 'srresnet', channels: 4, blocks: 1 },
};

const discriminatorLosses: readonly [string, object][] = [
  ['minimax', { ...IMAGES, objective: { name: 'minimax', labelSmoothing: 0.1 } }],
  ['least squares', { ...IMAGES, objective: 'least-squares' }],
  [
    'WGAN',
    {
      ...IMAGES,
      objective: 'wasserstein',
      regularisers: [{ name: 'weight-clipping', limit: 0.05 }],
      criticSteps: 2,
    },
  ],
  ['WGAN-GP', { ...IMAGES, objective: 'wasserstein', regularisers: ['gradient-penalty'], criticSteps: 2 }],
  ['hinge with spectral norm', { ...IMAGES, objective: 'hinge', regularisers: ['spectral-norm'] }],
  ['spectral norm and R1', { ...IMAGES, regularisers: ['spectral-norm', 'r1'] }],
  ['relativistic average', { ...IMAGES, objective: 'relativistic-average' }],
  ['R3GAN', { ...IMAGES, objective: 'relativistic-pairing', regularisers: ['r1', 'r2'] }],
  ['R1 and R2, lazily', { ...IMAGES, regularisers: [{ name: 'r1', every: 2 }, 'r2'] }],
  ['DRAGAN', { ...IMAGES, regularisers: ['dragan'] }],
  ['instance noise', { ...IMAGES, regularisers: ['instance-noise'] }],
  ['consistency', { ...IMAGES, regularisers: ['consistency'] }],
];

const conditional: readonly [string, object][] = [
  ['cGAN', { ...IMAGES, conditioning: 'concatenation' }],
  [
    'projection and conditional batch norm',
    {
      ...IMAGES,
      conditioning: { name: 'projection', generator: 'batch-norm' },
      regularisers: ['spectral-norm'],
    },
  ],
  ['ACGAN with R2', { ...IMAGES, conditioning: 'auxiliary-classifier', regularisers: ['r2'] }],
];

const augmented: readonly [string, object][] = [
  [
    'all augmentations',
    { ...IMAGES, augmentation: { transforms: ['flip', 'colour', 'translation', 'cutout'] } },
  ],
  [
    'adaptive augmentation',
    {
      ...IMAGES,
      augmentation: { transforms: ['flip', 'translation'], probability: 'adaptive', rampImages: 40 },
    },
  ],
];

const paired: readonly [string, object][] = [
  ['L1', { ...PAIRS, generatorLosses: ['l1'] }],
  [
    'cross-entropy of label maps',
    {
      ...IMAGES,
      data: { source: 'shapes', imageSize: 32, batchSize: 2 },
      generator: { network: 'resnet-translate', channels: 2, blocks: 1 },
      discriminator: { network: 'patchgan', channels: 4, layers: 1 },
      generatorLosses: ['cross-entropy'],
    },
  ],
  ['L2 and features', { ...PAIRS, generatorLosses: ['l2', { name: 'features', distance: 'l2' }] }],
];

const optimised: readonly [string, object][] = [
  ['RMSprop', { ...IMAGES, optimiser: { name: 'rmsprop' } }],
  ['linear decay', { ...IMAGES, schedule: { name: 'linear', start: 0 } }],
  ['cosine decay', { ...IMAGES, schedule: 'cosine' }],
];

/**
 * A relativistic loss depends on differences of logits, so the gradient of their common bias is rounding noise, which
 * Adam scales up to full steps.
 */
function withoutNoise(state: HostTensors, experiment: object): HostTensors {
  if (!('objective' in experiment) || !String(experiment.objective).startsWith('relativistic')) return state;
  return Object.fromEntries(
    Object.entries(state).filter(([name]) => !name.endsWith('discriminator/logit/bias')),
  );
}

describe('compiled steps equal the oracle', () => {
  it.each([...discriminatorLosses, ...conditional, ...augmented, ...paired, ...optimised])(
    '%s',
    async (_name, experiment) => {
      const compiled = await trainExperiment(await openNativeEngine(1), experiment, STEPS);
      const oracle = await trainExperiment(openOracle(), experiment, STEPS);
      const compared = ({ state }: Pick<typeof oracle, 'state'>) =>
        byNetwork(withoutNoise(state, experiment));
      const { name, error } = worstError(compared(compiled), compared(oracle));
      expect(error, name).toBeLessThan(1e-4);
      for (const { nonFinite } of oracle.results) expect(nonFinite).toBeUndefined();
    },
  );
});

describe('adaptive augmentation', () => {
  it('counts logits from the boundary of the objective', async () => {
    await tf.setBackend('cpu');
    const adapted = (objective: string): number => {
      const augmentation = { transforms: ['flip'], probability: 'adaptive', rampImages: 40 };
      const { adapt } = runSettings(configOf({ ...IMAGES, objective, augmentation })).augmentation ?? {};
      return adapt?.(tf.scalar(0.5), tf.fill([4, 1], 0.4)).dataSync()[0] ?? Number.NaN;
    };
    // 0.4 is above the boundary 0, and below the boundary halfway between the targets 0 and 1.
    expect(adapted('non-saturating')).toBeCloseTo(0.6, 6);
    expect(adapted('least-squares')).toBeCloseTo(0.4, 6);
  });
});

describe('what parts keep in the state', () => {
  it('vectors of spectral norm of length 1, for each kernel', async () => {
    const { state } = await trainExperiment(
      openOracle(),
      { ...IMAGES, regularisers: ['spectral-norm'] },
      STEPS,
    );
    const vectors = Object.entries(state).filter(([name]) => name.endsWith('.spectralVector'));
    expect(vectors.map(([name]) => name)).toContain('discriminator/logit/kernel.spectralVector');
    expect(vectors).toHaveLength(3);
    for (const [, { data }] of vectors) expect(Math.hypot(...data)).toBeCloseTo(1, 5);
  });

  it('no weight beyond the limit of clipping', async () => {
    const regularisers = [{ name: 'weight-clipping', limit: 0.01 }];
    const { state } = await trainExperiment(
      openOracle(),
      { ...IMAGES, objective: 'wasserstein', regularisers },
      STEPS,
    );
    const weights = Object.entries(state).filter(([name]) => name.startsWith('discriminator/'));
    const largest = Math.max(...weights.flatMap(([, { data }]) => Array.from(data, Math.abs)));
    expect(largest).toBeCloseTo(0.01, 6);
  });
});
