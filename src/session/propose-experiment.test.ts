import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../config/load';
import { proposeExperiment, proposeLength } from './propose-experiment';

/** What the config makes of a proposal for a folder with as many pictures. */
function accepted(count: number, imageSize: number, classes: number) {
  const { settings, batchSize, sampleCount } = proposeExperiment({ count, imageSize, classes });
  const data = {
    source: 'folder',
    folder: 'x',
    labels: classes > 0 ? 'folders' : 'none',
    imageSize,
    batchSize,
  };
  const logging = { sampleCount };
  return parseExperiment(JSON.stringify({ data, logging, ...settings }), 'x.gan.json');
}

describe('what is proposed for a folder of pictures', () => {
  it.each(
    [32, 64, 128].flatMap((imageSize) =>
      [2, 55, 800, 20_000].flatMap((count) =>
        [0, 2, 10].map((classes) => [count, imageSize, classes] as const),
      ),
    ),
  )('is an experiment: %d pictures of %d pixels in %d classes', (count, imageSize, classes) => {
    const config = accepted(count, imageSize, classes);
    expect(config.data.batchSize).toBeLessThanOrEqual(count);
    expect(config.generator).toMatchObject({ network: 'dcgan' });
  });

  it('is a small conditional network with augmentation for 55 pictures in three classes', () => {
    const config = accepted(55, 64, 3);
    expect(config.generator).toMatchObject({ channels: [128, 64, 32, 32] });
    expect(config.discriminator).toMatchObject({ channels: [32, 32, 64, 128] });
    expect(config.conditioning).toMatchObject({ name: 'projection' });
    expect(config.augmentation).toMatchObject({
      transforms: [{ name: 'colour' }, { name: 'translation' }, { name: 'cutout' }],
    });
    expect(config.data.batchSize).toBe(16);
    // Three rows of eight.
    expect(config.logging.sampleCount).toBe(24);
  });

  it('is a wider network without augmentation for many pictures', () => {
    const config = accepted(20_000, 64, 0);
    expect(config.generator).toMatchObject({ channels: [192, 96, 48, 32] });
    expect(config.augmentation).toBe(false);
    expect(config.conditioning).toBe(false);
  });

  it('leaves classes alone of which there are next to no pictures', () => {
    expect(accepted(20, 32, 10).conditioning).toBe(false);
    expect(accepted(50, 32, 10).conditioning).not.toBe(false);
  });

  it('is scored where there are pictures enough to hold some out', () => {
    expect(proposeExperiment({ count: 999, imageSize: 32, classes: 0 }).isScored).toBe(false);
    expect(proposeExperiment({ count: 1000, imageSize: 32, classes: 0 }).isScored).toBe(true);
  });
});

describe('the length that is proposed', () => {
  it('keeps to a few minutes at the speed of the machine', () => {
    expect(proposeLength(32, 0.06)).toEqual({ steps: 3000, sampleEvery: 150, checkpointEvery: 1000 });
    expect(proposeLength(64, 0.1)).toMatchObject({ steps: 3000 });
    expect(proposeLength(128, 0.5)).toMatchObject({ steps: 1800, checkpointEvery: 900 });
  });

  it('is neither too short to learn anything nor endless', () => {
    expect(proposeLength(64, 3).steps).toBe(1000);
    expect(proposeLength(32, 0.0001).steps).toBe(20_000);
  });
});
