import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../config/load';
import { isInTime, type Proposal, proposeExperiments, proposeLength } from './propose-experiment';

/** The best proposal for a folder with this many pictures, on a fast enough machine. */
function proposeExperiment(count: number, imageSize: number, classes: number): Proposal {
  const [best] = proposeExperiments({ count, imageSize, classes });
  if (best === undefined) throw new Error('Nothing is proposed.');
  return best;
}

/** The config parsed from a proposal. */
function accepted(count: number, imageSize: number, classes: number) {
  return configOf(proposeExperiment(count, imageSize, classes), imageSize, classes);
}

function configOf({ settings, batchSize, sampleCount }: Proposal, imageSize: number, classes: number) {
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
    expect(proposeExperiment(999, 32, 0).isScored).toBe(false);
    expect(proposeExperiment(1000, 32, 0).isScored).toBe(true);
  });
});

describe('lighter proposals for slow machines', () => {
  it.each([32, 64, 128])('of %d pixels are experiments as well, each with less to compute', (imageSize) => {
    const proposals = proposeExperiments({ count: 55, imageSize, classes: 0 });
    const configs = proposals.map((proposal) => configOf(proposal, imageSize, 0));
    const sizes = configs.map(({ data, generator }) => [
      JSON.stringify(generator).match(/"channels":\[(\d+)/)?.[1],
      data.batchSize,
    ]);
    const usual = proposals[0]?.batchSize ?? 0;
    expect(sizes).toEqual([
      ['128', usual],
      ['64', usual],
      ['64', usual / 2],
    ]);
  });
});

describe('the length that is proposed', () => {
  it('keeps to a few minutes at the speed of the machine, all that belongs to a run included', () => {
    const length = proposeLength(32, 0.06);
    expect(length).toMatchObject({ steps: 2700, sampleEvery: 135, checkpointEvery: 1000 });
    expect(length.seconds).toBeCloseTo(178.2);
    expect(proposeLength(64, 0.1)).toMatchObject({ steps: 2700 });
    expect(proposeLength(128, 0.5)).toMatchObject({ steps: 1600, checkpointEvery: 800 });
  });

  it('is neither too short to learn anything nor endless, and says how long it takes', () => {
    expect(proposeLength(64, 3)).toMatchObject({ steps: 1000, seconds: expect.closeTo(3300) });
    expect(proposeLength(32, 0.0001).steps).toBe(20_000);
  });

  it('is in time where a thousand steps fit into it', () => {
    expect(isInTime(32, 0.16)).toBe(true);
    expect(isInTime(32, 0.17)).toBe(false);
    expect(isInTime(64, 0.27)).toBe(true);
    expect(isInTime(128, 0.8)).toBe(true);
  });
});
