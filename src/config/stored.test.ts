import { describe, expect, it } from 'vitest';
import { parseExperiment } from './load';
import {
  assertResumable,
  changeStoredConfig,
  differingKeys,
  parseStoredConfig,
  ResumeConfigError,
} from './stored';

const config = parseExperiment('{"data": {"source": "digits"}}', 'a.gan.json');

describe('the config of a run', () => {
  it('is read back as it was written', () => {
    expect(parseStoredConfig(JSON.parse(JSON.stringify(config)), 'config.json')).toEqual(config);
  });

  it('of a newer version is refused', () => {
    expect(() => parseStoredConfig({ ...config, schemaVersion: 99 }, 'config.json')).toThrow(
      'schema version 99',
    );
  });

  it('of an older version gets defaults for keys that it did not have', () => {
    const { criticSteps: _, ...older } = config;
    expect(parseStoredConfig(older, 'config.json')).toEqual(config);
  });

  it('that is damaged is refused with what is wrong', () => {
    expect(() => parseStoredConfig({ ...config, latent: { size: 'many' } }, 'config.json')).toThrow(
      'latent.size',
    );
  });
});

describe('resuming', () => {
  it('may change the length, what is logged and the engine', () => {
    const next = changeStoredConfig(config, ['length.steps=9000', 'logging.logEvery=5', 'engine.threads=1']);
    expect(next.length.steps).toBe(9000);
    expect(() => assertResumable(config, next)).not.toThrow();
  });

  it('is refused with the keys that differ', () => {
    const next = changeStoredConfig(config, ['optimiser.beta1=0.4', 'generator.channels=[8,4]']);
    expect(() => assertResumable(config, next)).toThrow(ResumeConfigError);
    expect(() => assertResumable(config, next)).toThrow(`The run was made with other settings:
  generator.channels: [96,48] in the run, [8,4] now
  optimiser.beta1: 0.5 in the run, 0.4 now`);
  });

  it('may give the length in kimg, and names each change that does not fit', () => {
    const { batchSize } = config.data;
    expect(changeStoredConfig(config, ['length.kimg=1']).length).toEqual({
      steps: Math.ceil(1000 / batchSize),
    });
    expect(() => changeStoredConfig(config, ['seed=3', 'logging.logEvery=0'])).toThrow(
      '--set logging.logEvery=0: Expected an integer from 1 to 1000000, found 0.',
    );
    expect(() => changeStoredConfig(config, ['lenght.steps=12'])).toThrow('Did you mean "length"?');
    expect(() => changeStoredConfig(config, ['steps'])).toThrow(
      '--set steps: Expected key=value, found "steps".',
    );
  });

  it('goes on with what older versions let pass, and refuses it as a change', () => {
    const twice = parseStoredConfig(
      {
        ...config,
        regularisers: [
          { name: 'r1', weight: 1, every: 1 },
          { name: 'r1', weight: 2, every: 1 },
        ],
      },
      'config.json',
    );
    expect(changeStoredConfig(twice, [])).toEqual(twice);
    expect(changeStoredConfig(twice, ['length.steps=9']).length).toEqual({ steps: 9 });
    expect(() => changeStoredConfig(config, ['regularisers=[{"name":"r1"},{"name":"r1"}]'])).toThrow(
      'regularisers',
    );
  });

  it('tells keys that only one of the two has', () => {
    expect(differingKeys({ a: 1, b: { c: 2 } }, { a: 1, b: { d: 2 } })).toEqual(['b.c', 'b.d']);
  });
});
