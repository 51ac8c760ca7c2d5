/**
 * Resolution of an experiment: the file takes precedence over its model, the model over the common defaults, and
 * overrides over everything.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../shared/package-root';
import { loadExperiment, parseExperiment } from './load';
import type { ExperimentConfig } from './schema';

function resolve(experiment: object, overrides: readonly string[] = []): ExperimentConfig {
  return parseExperiment(JSON.stringify(experiment), 'x.gan.json', overrides);
}

const digits = { source: 'digits' };
const points = { source: 'points2d' };

describe('layers', () => {
  it('the smallest file has every setting written out', () => {
    const config = resolve({ data: digits, model: 'dcgan' });
    expect(Object.keys(config).sort()).toEqual(
      [
        'accumulate',
        'adversarialWeight',
        'augmentation',
        'conditioning',
        'criticSteps',
        'cycle',
        'data',
        'discriminator',
        'ema',
        'engine',
        'evaluation',
        'generator',
        'generatorLosses',
        'generatorRegularisers',
        'gradientClipping',
        'latent',
        'length',
        'logging',
        'model',
        'objective',
        'optimiser',
        'regularisers',
        'schedule',
        'schemaVersion',
        'seed',
        'topK',
      ].sort(),
    );
    expect(config.data).toMatchObject({ source: 'digits', imageSize: 28, channels: 1 });
    expect(config.generator).toMatchObject({ network: 'dcgan', kernelSize: 5 });
    expect(config.engine).toEqual({ name: 'auto', threads: 'auto' });
  });

  it('another optimiser keeps the learning rates of the model, and nothing else of its optimiser', () => {
    const { optimiser } = resolve({ data: digits, model: 'dcgan', optimiser: { name: 'rmsprop' } });
    const adam = resolve({ data: digits, model: 'dcgan' }).optimiser;
    expect(optimiser).toMatchObject({ name: 'rmsprop', generatorLearningRate: adam.generatorLearningRate });
    expect(optimiser).not.toHaveProperty('beta2');
    expect(adam.generatorLearningRate).not.toBe(2e-4);
  });

  it('the model is dcgan for images and toy2d for points where the file names none', () => {
    expect(resolve({ data: digits })).toEqual(resolve({ data: digits, model: 'dcgan' }));
    expect(resolve({ data: points })).toEqual(resolve({ data: points, model: 'toy2d' }));
  });

  it('what the file says goes over the model, key by key, and leaves the rest of the model’s choices', () => {
    const model = resolve({ data: points });
    const config = resolve({ data: points, optimiser: { beta1: 0.25 }, latent: { prior: 'uniform' } });
    expect(config.optimiser).toEqual({ ...model.optimiser, beta1: 0.25 });
    expect(config.latent).toEqual({ size: 2, prior: 'uniform' });
    expect(config.data.batchSize).toBe(256);
  });

  it('a list, a length and a network that are written out replace the model’s', () => {
    const config = resolve({
      data: points,
      regularisers: [],
      length: { kimg: 1 },
      discriminator: { network: 'mlp', hidden: [8] },
    });
    expect(config.regularisers).toEqual([]);
    expect(config.length).toEqual({ steps: Math.ceil(1000 / 256) });
    expect(config.discriminator).toMatchObject({ network: 'mlp', hidden: [8] });
    expect(config.generator).toEqual(resolve({ data: points }).generator);
  });

  it('two networks written out and no model: no model’s settings either', () => {
    const mlp = { network: 'mlp', hidden: [4] };
    const config = resolve({ data: points, generator: mlp, discriminator: mlp });
    expect(config.model).toBeUndefined();
    expect(config.regularisers).toEqual([]);
    expect(config.data.batchSize).toBe(64);
  });

  it('names alone stand for parts with their defaults', () => {
    const config = resolve({
      data: digits,
      objective: 'minimax',
      regularisers: ['r1', { name: 'r2', every: 16 }],
    });
    expect(config.objective).toEqual({ name: 'minimax', labelSmoothing: 0 });
    expect(config.regularisers).toEqual([
      { name: 'r1', weight: 10, every: 1 },
      { name: 'r2', weight: 10, every: 16 },
    ]);
  });

  it('kimg counts the real images of all critic steps, rounded up to a whole step', () => {
    const config = resolve({ data: { ...digits, batchSize: 50 }, criticSteps: 3, length: { kimg: 0.301 } });
    expect(config.length).toEqual({ steps: 3 });
  });

  it('every example resolves', async () => {
    const folder = join(packageRoot(), 'examples');
    const files = (await readdir(folder)).filter((name) => name.endsWith('.gan.json'));
    expect(files.length).toBeGreaterThanOrEqual(3);
    for (const file of files) {
      const { config } = await loadExperiment(join(folder, file));
      expect(config.length.steps, file).toBeGreaterThan(0);
    }
  });
});

describe('--set', () => {
  it('takes JSON where it parses, and text otherwise', () => {
    const config = resolve({ data: digits }, [
      'seed=7',
      'objective=minimax',
      'ema=false',
      'latent.prior="uniform"',
    ]);
    expect(config).toMatchObject({ seed: 7, objective: { name: 'minimax' }, ema: false });
    expect(config.latent.prior).toBe('uniform');
  });

  it('the later goes over the earlier', () => {
    expect(resolve({ data: digits }, ['seed=7', 'seed=8']).seed).toBe(8);
  });

  it('writes a shorthand out when one of its options is set', () => {
    const experiment = { data: digits, objective: 'minimax', regularisers: ['r1'] };
    const config = resolve(experiment, ['objective.labelSmoothing=0.1', 'regularisers[0].weight=3']);
    expect(config.objective).toEqual({ name: 'minimax', labelSmoothing: 0.1 });
    expect(config.regularisers).toEqual([{ name: 'r1', weight: 3, every: 1 }]);
  });

  it('speaks of the entry that the model or the default stands for, where the file has none', () => {
    const config = resolve({ data: digits }, ['generator.kernelSize=4', 'objective.labelSmoothing=0.1']);
    expect(config.generator).toEqual({ ...resolve({ data: digits }).generator, kernelSize: 4 });
    expect(config.objective).toEqual({ name: 'non-saturating', labelSmoothing: 0.1 });
  });

  it('of steps replaces kimg, and the other way round', () => {
    expect(resolve({ data: digits, length: { kimg: 9 } }, ['length.steps=5']).length).toEqual({ steps: 5 });
    expect(
      resolve({ data: digits, length: { steps: 9 } }, ['data.batchSize=100', 'length.kimg=1']).length,
    ).toEqual({
      steps: 10,
    });
  });

  it('turns an average on again that the file turned off', () => {
    expect(resolve({ data: digits, ema: false }, ['ema.decay=0.5']).ema).toEqual({ decay: 0.5, rampUp: 10 });
  });
});
