import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataSources } from '../data/registry';
import { regularisers } from '../gan/regularisers/registry';
import { ConfigError } from './config-error';
import { loadExperiment, parseExperiment } from './load';

/** Formatted as messages list the registered sources. */
const SOURCES = dataSources
  .map(({ name }) => `"${name}"`)
  .join(', ')
  .replace(/, ([^,]*)$/, ' or $1');
const REGULARISERS = regularisers
  .map(({ name }) => `"${name}"`)
  .join(', ')
  .replace(/, ([^,]*)$/, ' or $1');

const SMALLEST = '{"data": {"source": "digits"}, "model": "dcgan"}';

function messageOf(text: string, overrides: readonly string[] = []): string {
  try {
    parseExperiment(text, 'a.gan.json', overrides);
  } catch (error) {
    if (error instanceof ConfigError) {
      expect(error.exitCode).toBe(2);
      return error.message;
    }
    throw error;
  }
  throw new Error('the experiment was accepted');
}

describe('an experiment that can be used', () => {
  it('has a default for everything', () => {
    const config = parseExperiment(SMALLEST, 'a.gan.json');
    expect(config.data).toEqual({ source: 'digits', imageSize: 28, channels: 1, batchSize: 32 });
    expect(config.generator.network).toBe('dcgan');
    expect(config.objective).toEqual({ name: 'non-saturating', labelSmoothing: 0 });
    expect(config.regularisers).toEqual([{ name: 'r1', weight: 0.5, every: config.regularisers[0]?.every }]);
    expect(config.optimiser.beta1).toBe(0.5);
    expect(config.logging.keepCheckpoints).toBe(3);
  });

  it('resolves to itself', () => {
    const config = parseExperiment(SMALLEST, 'a.gan.json');
    expect(parseExperiment(JSON.stringify(config), 'a.gan.json')).toEqual(config);
  });

  it('takes the toy model for points and its own settings', () => {
    const config = parseExperiment('{"data": {"source": "points2d"}}', 'a.gan.json');
    expect(config.model).toBe('toy2d');
    expect(config.generator.network).toBe('mlp');
    expect(config.data.batchSize).toBe(256);
    expect(config.latent.size).toBe(2);
  });

  it('says more in the file than in the model, and more in the model than in the common defaults', () => {
    const text = '{"data": {"source": "points2d", "batchSize": 10}, "latent": {"prior": "uniform"}}';
    const config = parseExperiment(text, 'a.gan.json');
    expect(config.data.batchSize).toBe(10);
    expect(config.latent).toEqual({ size: 2, prior: 'uniform' });
  });

  it('takes both networks written out, without a model', () => {
    const config = parseExperiment(
      '{"data": {"source": "digits"}, "generator": {"network": "mlp", "hidden": [8]}, "discriminator": {"network": "dcgan"}}',
      'a.gan.json',
    );
    expect(config.model).toBeUndefined();
    expect(config.generator).toMatchObject({ network: 'mlp', hidden: [8] });
    expect(config.discriminator.channels).toEqual([64, 128]);
    expect(config.data.batchSize).toBe(64);
  });

  it('turns thousands of images into steps', () => {
    const text = '{"data": {"source": "digits", "batchSize": 50}, "criticSteps": 2, "length": {"kimg": 10}}';
    expect(parseExperiment(text, 'a.gan.json').length).toEqual({ steps: 100 });
  });

  it('reads comments, trailing commas and parts by their names', () => {
    const text =
      '{ // comment\n "data": {"source": "digits",},\n "objective": "minimax", "regularisers": ["r1"], }';
    const config = parseExperiment(text, 'a.gan.json');
    expect(config.objective.name).toBe('minimax');
    expect(config.regularisers).toEqual([{ name: 'r1', weight: 10, every: 1 }]);
  });

  it('is named after its file', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'config-')), 'my digits.gan.json');
    writeFileSync(file, SMALLEST);
    const loaded = await loadExperiment(file);
    expect(loaded.name).toBe('my digits');
    expect(loaded.file).toBe(file);
  });
});

describe('overrides', () => {
  it('change keys at any depth', () => {
    const config = parseExperiment(SMALLEST, 'a.gan.json', [
      'optimiser.beta1=0.25',
      'regularisers=[{"name": "r1"}]',
      'regularisers[0].weight=3',
      'objective={"name": "minimax"}',
      'objective.labelSmoothing=0.1',
      'length.steps=7',
      'engine.name=onnx-wasm',
      'ema=false',
    ]);
    expect(config.optimiser.beta1).toBe(0.25);
    expect(config.regularisers[0]?.weight).toBe(3);
    expect(config.objective).toEqual({ name: 'minimax', labelSmoothing: 0.1 });
    expect(config.length.steps).toBe(7);
    expect(config.engine.name).toBe('onnx-wasm');
    expect(config.ema).toBe(false);
  });

  it('write a part out that the file names alone', () => {
    const text = '{"data": {"source": "digits"}, "objective": "minimax", "length": {"kimg": 3}}';
    const config = parseExperiment(text, 'a.gan.json', ['objective.labelSmoothing=0.2', 'length.steps=9']);
    expect(config.objective).toEqual({ name: 'minimax', labelSmoothing: 0.2 });
    expect(config.length.steps).toBe(9);
  });

  it('are named in messages instead of a place in the file', () => {
    expect(messageOf(SMALLEST, ['optimiser.beta1=2', 'nonsense'])).toBe(
      [
        'a.gan.json has 2 problems:',
        '  --set nonsense: Expected key=value, found "nonsense".',
        '  --set optimiser.beta1=2: Expected a number of at least 0 and less than 1, found 2.',
      ].join('\n'),
    );
  });
});

describe('a key that is known in another place', () => {
  it.each([
    ['checkpointEvery=5', 'logging.checkpointEvery'],
    ['chekpointEvery=5', 'logging.checkpointEvery'],
    ['beta1=0.4', 'optimiser.beta1'],
    ['data.seed=3', 'seed'],
    ['labelSmoothing=0.1', 'objective.labelSmoothing'],
  ])('is suggested by its whole path for --set %s', (override, path) => {
    expect(messageOf(SMALLEST, [override])).toContain(`Did you mean "${path}"?`);
  });

  it('is suggested for a key of the file, too', () => {
    expect(messageOf('{"data": {"source": "digits"}, "steps": 9}')).toContain('Did you mean "length.steps"?');
  });

  it('is not suggested where nothing is near', () => {
    expect(messageOf(SMALLEST, ['zzzzzz=1'])).not.toContain('Did you mean');
  });
});

describe('an experiment that cannot be used', () => {
  it('gets every problem with its line, what was found, what is allowed and the nearest right name', () => {
    const text = [
      '{',
      '  "data": { "source": "digits", "batchsize": 12 },',
      '  "model": "dcgna",',
      '  "optimiser": { "beta1": "half" },',
      '  "seed": -1,',
      '  "regularisers": [{ "name": "dragn" }]',
      '}',
    ].join('\n');
    expect(messageOf(text).split('\n')).toEqual([
      'a.gan.json has 5 problems:',
      '  a.gan.json:2:33: data.batchsize: Unknown key "batchsize". Did you mean "batchSize"?',
      expect.stringMatching(
        /^ {2}a\.gan\.json:3:12: model: Expected "dcgan", "dcgan-textbook", .*, found "dcgna"\. Did you mean "dcgan"\?$/,
      ),
      '  a.gan.json:4:27: optimiser.beta1: Expected a number of at least 0 and less than 1, found "half".',
      '  a.gan.json:5:11: seed: Expected an integer of at least 0, found -1.',
      `  a.gan.json:6:30: regularisers[0].name: Expected ${REGULARISERS}, found "dragn". Did you mean "dragan"?`,
    ]);
  });

  it.each([
    [
      'an unknown source',
      '{"data": {"source": "digit"}}',
      `data.source: Expected ${SOURCES}, found "digit". Did you mean "digits"?`,
    ],
    ['no source', '{"data": {}}', `data.source: "source" is missing. Expected ${SOURCES}.`],
    ['no data', '{}', 'data: "data" is missing. Expected an object with "source".'],
    ['a list', '[]', 'Expected an object with "data", found [].'],
    ['an empty file', '', 'The file has no experiment. The shortest one is {"data": {"source": "digits"}}.'],
    [
      'a number too large',
      '{"data": {"source": "digits"}, "seed": 1e999}',
      'seed: Expected an integer of at least 0, found 1e999.',
    ],
    [
      'two lengths',
      '{"data": {"source": "digits"}, "length": {"steps": 1, "kimg": 1}}',
      'length: Expected an object with "steps" or an object with "kimg", found {"steps":1,"kimg":1}.',
    ],
    [
      'a network that does not fit the images',
      '{"data": {"source": "digits", "imageSize": 32}, "model": "dcgan-textbook"}',
      'model: The generator "dcgan-textbook" does not suit the data: it is made for 28×28 greyscale images; use "dcgan".',
    ],
    [
      'a comma that is missing',
      '{"data": {"source": "digits"} "seed": 1}',
      'Expected a comma, found "seed".',
    ],
    [
      'a key that stands twice',
      '{"seed": 1, "seed": 2, "data": {"source": "digits"}}',
      'seed: Duplicate key "seed".',
    ],
  ])('%s', (_name, text, expected) => {
    expect(messageOf(text)).toContain(expected);
  });

  it('is a file that is not there, or a folder', async () => {
    await expect(loadExperiment('/no/such.gan.json')).rejects.toThrow('No such file.');
    await expect(loadExperiment(tmpdir())).rejects.toThrow('This is a folder.');
  });
});
