import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { checkpointedRun, folderData } from '../../test/support/checkpointed-run';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { SAMPLED_STEPS, toldRun } from '../../test/support/told-run';
import { float32 } from '../shared/host-tensor';
import { exportRun } from './export-run';
import type { ExportOptions } from './exporter';
import { writeLatents } from './sample-files';

const IMAGES = {
  data: folderData(),
  generator: { network: 'dcgan', channels: [4, 3] },
  discriminator: { network: 'dcgan', channels: [3, 4] },
};

it.each(['webp', 'gif'])(
  'shows a frame for each sample, at the size and rate asked for, as %s',
  async (ending) => {
    const folder = await temporaryFolder();
    const path = join(folder, `training.${ending}`);
    const runFolder = await toldRun(folder);
    await exportRun({
      runFolder,
      format: 'animation',
      path,
      replaces: false,
      frames: { width: 60, perSecond: 4 },
    });
    const { format, pages, width, delay, loop } = await sharp(path).metadata();
    expect({ format, pages, width, delay, loop }).toEqual({
      format: ending,
      pages: SAMPLED_STEPS.length,
      width: 60,
      delay: [250, 250, 2000],
      loop: 0,
    });
  },
);

describe('a latent walk', () => {
  const walked = async (options: Partial<ExportOptions>, experiment: object = IMAGES) => {
    const folder = await temporaryFolder();
    const runFolder = await checkpointedRun(folder, experiment);
    const path = join(folder, 'walk.webp');
    const walk = { seconds: 2, count: 4, seed: 1 };
    await exportRun({ runFolder, format: 'latent-walk', path, replaces: false, walk, ...options });
    return path;
  };

  it('has the frames and the size asked for, changes from frame to frame, and repeats without a jump', async () => {
    const path = await walked({ frames: { width: 80, perSecond: 10 } });
    const { pages, width, delay, loop } = await sharp(path).metadata();
    expect({ pages, width, delay, loop }).toEqual({
      pages: 20,
      width: 80,
      delay: Array.from({ length: 20 }, () => 100),
      loop: 0,
    });
    expect((await sharp(path, { page: 0 }).metadata()).height).toBe(80);
    const frames = await Promise.all(
      Array.from({ length: 20 }, (_, page) => sharp(path, { page }).greyscale().raw().toBuffer()),
    );
    const changes = frames.map((frame, i) => difference(frame, frames[(i + 1) % 20] ?? frame));
    expect(Math.min(...changes)).toBeGreaterThan(0);
    const last = changes.at(-1) ?? 0;
    expect(last).toBeLessThan(2 * Math.max(...changes.slice(0, -1)));
  });

  it('passes by chosen latents, of seeds and of a file, in one image', async () => {
    const folder = await temporaryFolder();
    const runFolder = await checkpointedRun(folder, { ...IMAGES, latent: { size: 2 } });
    const latents = join(folder, 'z.npy');
    await writeLatents(latents, float32([2, 2], Float32Array.of(1, 2, -1, 0.5)));
    const walk = { seconds: 1, count: 16, seed: 0, seeds: [7, 12] };
    const none = Buffer.alloc(0);
    const framesOf = async (name: string, change: object) => {
      const path = join(folder, name);
      await exportRun({
        ...{ runFolder, format: 'latent-walk', path, replaces: false, frames: { perSecond: 4 } },
        walk: { ...walk, ...change },
      });
      return await Promise.all(
        Array.from({ length: 4 }, (_, page) => sharp(path, { page }).greyscale().raw().toBuffer()),
      );
    };
    // All frames are at one of the four stops, of the others every second one.
    const both = await framesOf('both.webp', { latentFile: latents });
    const seeds = await framesOf('seeds.webp', {});
    const file = await framesOf('file.webp', { seeds: undefined, latentFile: latents });
    const stops = [seeds[0], seeds[2], file[0], file[2]];
    for (const [i, stop] of stops.entries()) {
      const distances = both.map((frame) => difference(frame, stop ?? none));
      expect(Math.min(...distances)).toBe(distances[i]);
    }
    const wrong = framesOf('wrong.webp', { latentFile: join(folder, 'none.npy') });
    await expect(wrong).rejects.toThrow('There is no file');
    await writeLatents(latents, float32([101, 2]));
    const many = framesOf('many.webp', { latentFile: latents });
    await expect(many).rejects.toThrow(`${latents} has 101 latents, but at most 100 can be used.`);
  });

  it('is refused where it would be too long, and where there is nothing to walk through', async () => {
    await expect(walked({ walk: { seconds: 60, count: 1, seed: 0 } })).rejects.toThrow(
      '60 seconds at 20 frames a second are 1200 frames.',
    );
    await expect(walked({ walk: { seconds: 1, count: 1, seed: 0, label: 3 } })).rejects.toThrow(
      'This run has no classes.',
    );
    const points = { data: { source: 'points2d', distribution: 'ring', batchSize: 4 }, model: 'toy2d' };
    await expect(walked({}, points)).rejects.toThrow('makes points, not images.');
  });
});

function difference(a: Buffer, b: Buffer): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
}

it('refuses other files, and runs with nothing to show', async () => {
  const folder = await temporaryFolder();
  const told = { format: 'animation', replaces: false } as const;
  const misnamed = exportRun({ ...told, runFolder: await toldRun(folder), path: join(folder, 'a.mp4') });
  await expect(misnamed).rejects.toThrow('Animations cannot be written as .mp4 files.');
  const bare = await checkpointedRun(folder, IMAGES);
  const none = exportRun({ ...told, runFolder: bare, path: join(folder, 'a.webp') });
  await expect(none).rejects.toThrow('has fewer than two samples.');
  expect((await readdir(folder)).sort()).toEqual(['gan-runs']);
});
