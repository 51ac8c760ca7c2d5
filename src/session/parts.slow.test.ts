/** Every part that a config can name, for whole steps of the task that the config defines. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { openOracle, worstError } from '../../test/support/engines';
import { byNetwork, configOf, trainExperiment } from '../../test/support/experiment-training';
import { openNativeEngine } from '../engine/onnx/open-native';
import { isAdaptive } from '../gan/augmentations/adaptive';
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

/** Over the steps that are trained. */
const ramp = (from: number, to: number): object => ({ from, to, over: 0.3 });

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
  [
    'R1 and minibatch standard deviation',
    { ...IMAGES, discriminator: { ...IMAGES.discriminator, minibatchStddev: 2 }, regularisers: ['r1'] },
  ],
  ['packs with R1 and R2', { ...IMAGES, regularisers: ['pac', 'r1', 'r2'] }],
  [
    'packs with WGAN-GP and consistency',
    { ...IMAGES, objective: 'wasserstein', regularisers: ['gradient-penalty', 'pac', 'consistency'] },
  ],
  [
    'packs with noise and adaptive augmentation',
    {
      ...IMAGES,
      objective: 'least-squares',
      regularisers: [{ name: 'pac', samples: 4 }, 'instance-noise'],
      augmentation: { transforms: ['flip', 'translation'], probability: 'adaptive', rampImages: 40 },
    },
  ],
  ['LeCam', { ...IMAGES, objective: 'hinge', regularisers: ['lecam'], criticSteps: 2 }],
  ['SAN with R1', { ...IMAGES, objective: 'hinge', regularisers: ['san', 'r1'] }],
  [
    'FastGAN',
    {
      ...IMAGES,
      generator: { network: 'fastgan', channels: [5, 4, 4], excitation: 2 },
      discriminator: { network: 'fastgan', channels: [4, 4, 5] },
      objective: { name: 'hinge', jitter: 0.2 },
      regularisers: ['spectral-norm', { name: 'reconstruction', channels: 4 }],
      augmentation: { transforms: ['colour', 'translation'] },
    },
  ],
  ['top-k', { ...IMAGES, topK: 0.5 }],
  ['annealed top-k of packs', { ...IMAGES, topK: ramp(1, 0.5), objective: 'hinge', regularisers: ['pac'] }],
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
  [
    'R3GAN with projection',
    {
      ...IMAGES,
      generator: { network: 'r3gan', channels: [8, 4], groupSize: 4 },
      discriminator: { network: 'r3gan', channels: [4, 8], groupSize: 4 },
      conditioning: 'projection',
      objective: 'relativistic-pairing',
      regularisers: ['r1', 'r2'],
    },
  ],
  [
    'StyleGAN2 with lazy R1 and path length, adaptively augmented',
    {
      ...IMAGES,
      data: { source: 'folder', folder: '.', labels: 'folders', imageSize: 8, channels: 1, batchSize: 4 },
      generator: { network: 'stylegan2', channels: [4, 3], mappingLayers: 1 },
      discriminator: { network: 'stylegan2', channels: [3, 4], minibatchStddev: 2 },
      conditioning: 'projection',
      regularisers: [{ name: 'r1', every: 2 }],
      generatorRegularisers: [{ name: 'path-length', weight: ramp(1, 2), every: 2 }],
      augmentation: { transforms: ['translation'], probability: 'adaptive', rampImages: 40 },
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
  ['exponential decay', { ...IMAGES, schedule: 'exponential' }],
  ['scheduled β₂ and critic steps', { ...IMAGES, optimiser: { beta2: ramp(0.9, 0.99) }, criticSteps: 2 }],
  [
    'scheduled weights of penalties',
    {
      ...IMAGES,
      regularisers: [
        { name: 'r1', weight: ramp(2, 0.2) },
        { name: 'r2', weight: ramp(0.2, 2) },
      ],
    },
  ],
  ['scheduled half-life of the average', { ...IMAGES, ema: { decay: { halfLife: ramp(0, 3) }, rampUp: 0 } }],
  [
    'scheduled probability of augmentation',
    { ...IMAGES, augmentation: { transforms: ['translation'], probability: ramp(0.2, 0.9) } },
  ],
  [
    'scheduled target of adaptive augmentation',
    {
      ...IMAGES,
      augmentation: {
        transforms: ['translation'],
        probability: 'adaptive',
        target: ramp(0.2, 0.9),
        rampImages: 40,
      },
    },
  ],
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
      const { probability } =
        runSettings(configOf({ ...IMAGES, objective, augmentation })).augmentation ?? {};
      if (probability === undefined || !isAdaptive(probability)) throw new Error('not adaptive');
      return probability.adapt(tf.scalar(0.5), tf.fill([4, 1], 0.4), 0.6).dataSync()[0] ?? Number.NaN;
    };
    // 0.4 is above the boundary 0, and below the boundary halfway between the targets 0 and 1.
    expect(adapted('non-saturating')).toBeCloseTo(0.6, 6);
    expect(adapted('least-squares')).toBeCloseTo(0.4, 6);
  });

  it('counts the images of packs', async () => {
    await tf.setBackend('cpu');
    const augmentation = { transforms: ['flip'], probability: 'adaptive', rampImages: 40 };
    const experiment = { ...IMAGES, regularisers: ['pac'], augmentation };
    const { probability } = runSettings(configOf(experiment)).augmentation ?? {};
    if (probability === undefined || !isAdaptive(probability)) throw new Error('not adaptive');
    const next = probability.adapt(tf.scalar(0.5), tf.ones([2, 1]), 0.6);
    expect(next.dataSync()[0]).toBeCloseTo(0.6, 6);
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

describe('scalars that change during training', () => {
  it('are recorded with the value that each step used, and constants are not', async () => {
    const experiment = {
      ...IMAGES,
      regularisers: [{ name: 'r1', weight: { from: 8, to: 4, by: 'linear', over: 0.2 } }, 'r2'],
      optimiser: { beta2: { from: 0.5, to: 0.75, by: 'linear', over: 0.2 } },
      ema: { decay: { from: 0, to: 0.5, by: 'linear', over: 0.2 }, rampUp: 0 },
      augmentation: { transforms: ['flip'], probability: { from: 0, to: 1, by: 'linear', over: 0.2 } },
      topK: { from: 1, to: 0.5, by: 'linear', over: 0.2 },
    };
    const { results } = await trainExperiment(await openNativeEngine(1), experiment, STEPS);
    const recorded = (name: string) => results.map(({ extra }) => extra[name]);
    expect(recorded('r1Weight')).toEqual([8, 6, 4]);
    expect(recorded('adamBeta2')).toEqual([0.5, 0.625, 0.75]);
    expect(recorded('emaDecay')).toEqual([0, 0.25, 0.5]);
    expect(recorded('augmentProbability')).toEqual([0, 0.5, 1]);
    expect(recorded('topK')).toEqual([1, 0.75, 0.5]);
    expect(Object.keys(results[0]?.extra ?? {}).sort()).toEqual([
      'adamBeta2',
      'augmentProbability',
      'emaDecay',
      'r1Penalty',
      'r1Weight',
      'r2Penalty',
      'topK',
    ]);
  });

  it('multiply the penalty by the weight of the step', async () => {
    const first = async (weight: unknown): Promise<number | undefined> => {
      const experiment = { ...IMAGES, regularisers: [{ name: 'r1', weight }] };
      const { results } = await trainExperiment(await openNativeEngine(1), experiment, 1);
      return results[0]?.extra.r1Penalty;
    };
    expect(await first({ from: 3, to: 1 })).toBeCloseTo((await first(3)) ?? Number.NaN, 6);
  });
});
