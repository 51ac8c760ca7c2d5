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
    expect(() => assertResumable(config, next)).toThrow('optimiser.beta1, generator.channels');
  });

  it('tells keys that only one of the two has', () => {
    expect(differingKeys({ a: 1, b: { c: 2 } }, { a: 1, b: { d: 2 } })).toEqual(['b.c', 'b.d']);
  });
});
