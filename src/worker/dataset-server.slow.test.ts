import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Served, served } from '../../test/support/served';
import type { FromDataset, ToDataset } from '../shared/dataset-protocol';
import { formatText } from '../shared/localizable-text';
import { serveDataset } from './dataset-server';

let folder = '';
let close: () => void = () => undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dataset-'));
  vi.stubEnv('GAN_WORKBENCH_CACHE', join(folder, 'cache'));
});
afterEach(() => {
  close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function serve(data: object): Served<FromDataset, ToDataset> {
  const experimentFile = join(folder, 'x.gan.json');
  writeFileSync(experimentFile, JSON.stringify({ data }));
  const server = served(serveDataset);
  close = server.close;
  server.tell({ type: 'open', experimentFile });
  return server;
}

describe('a folder', () => {
  beforeEach(async () => {
    for (const [name, colour] of [
      ['a', '#ff0000'],
      ['b', '#0000ff'],
    ] as const) {
      mkdirSync(join(folder, 'pictures', name), { recursive: true });
      for (let i = 0; i < 3; i++)
        await sharp({ create: { width: 9, height: 7, channels: 3, background: colour } })
          .png()
          .toFile(join(folder, 'pictures', name, `${i}.png`));
    }
    writeFileSync(join(folder, 'pictures', 'a', 'bad.png'), 'no picture');
  });
  const data = { source: 'folder', folder: 'pictures', labels: 'folders', imageSize: 8, split: 0.3 };

  it('is imported, summed up, shown, surveyed and timed', async () => {
    const { until, tell } = serve(data);
    expect(await until('importing')).toMatchObject({ done: 1, total: 7 });
    const { summary } = await until('opened');
    expect(summary).toMatchObject({
      title: 'Image folder',
      train: 4,
      heldOut: 2,
      image: { height: 8, width: 8, channels: 3 },
      classes: ['a', 'b'],
      steps: 2000,
      skippedCount: 1,
      skipped: [
        { name: 'a/bad.png', reason: { text: 'Cannot be decoded ({0})', values: [expect.any(String)] } },
      ],
    });
    tell({ type: 'images', part: 'train', start: 1, count: 99 });
    const images = await until('images');
    expect(images).toMatchObject({ start: 1, count: 3, width: 8, height: 8 });
    expect(images.pixels).toHaveLength(3 * 256);
    for (const [i, label] of images.labels.entries())
      expect([...images.pixels.subarray(i * 256, i * 256 + 4)]).toEqual(
        label === 0 ? [255, 0, 0, 255] : [0, 0, 255, 255],
      );
    const { survey } = await until('surveyed');
    expect(survey).toMatchObject({ looked: 6, classCounts: [3, 3], exactGroups: 2 });
    const names = survey.duplicates.flatMap(({ places }) => places.map(({ name }) => name)).sort();
    expect(names).toEqual(['a/0.png', 'a/1.png', 'a/2.png', 'b/0.png', 'b/1.png', 'b/2.png']);
    expect((await until('estimated')).seconds).toBeGreaterThan(0);
  });

  it('that cannot be used is said to be so, with the remedy', async () => {
    const { until } = serve({ ...data, maxSkipped: 0 });
    const { message, remedy } = await until('failed');
    expect(formatText(message)).toContain('1 of 7 images');
    expect(formatText(remedy)).toContain('maxSkipped');
  });

  it('of which too much cannot be used is listed whole, beyond what the message names', async () => {
    for (let i = 0; i < 8; i++) writeFileSync(join(folder, 'pictures', 'b', `bad ${i}.png`), 'no picture');
    const { unusable } = await serve({ ...data, maxSkipped: 0 }).until('failed');
    expect(unusable?.skippedCount).toBe(9);
    expect(unusable?.skipped.map(({ name }) => name)).toEqual([
      'a/bad.png',
      ...Array.from({ length: 8 }, (_, i) => `b/bad ${i}.png`),
    ]);
  });
});

it('shows the images given of unpaired data, and what was skipped of both folders', async () => {
  for (const [name, colour] of [
    ['horses', '#ff0000'],
    ['zebras', '#0000ff'],
  ] as const) {
    mkdirSync(join(folder, name));
    for (let i = 0; i < 4; i++)
      await sharp({ create: { width: 8, height: 8, channels: 3, background: colour } })
        .png()
        .toFile(join(folder, name, `${i}.png`));
    writeFileSync(join(folder, name, 'bad.png'), 'no picture');
  }
  const { until, tell } = serve({
    source: 'pairs',
    use: 'unpaired',
    folder: 'horses',
    targets: 'zebras',
    imageSize: 8,
    split: 0.3,
  });
  const { summary } = await until('opened');
  expect(summary).toMatchObject({ train: 3, heldOut: 1, given: { train: 3, heldOut: 1 }, skippedCount: 2 });
  expect(summary.skipped.map(({ name }) => name)).toEqual(['zebras/bad.png', 'horses/bad.png']);
  tell({ type: 'images', part: 'givenHeldOut', start: 0, count: 9 });
  const images = await until('images');
  expect(images).toMatchObject({ part: 'givenHeldOut', count: 1, width: 8 });
  expect([...images.pixels.subarray(0, 4)]).toEqual([255, 0, 0, 255]);
});

it('shows a pair as one tile, label maps in their colours', async () => {
  const { until, tell } = serve({ source: 'shapes', imageSize: 32, count: 10 });
  expect((await until('opened')).summary.input).toMatchObject({ channels: 3, isPaired: true });
  tell({ type: 'images', part: 'heldOut', start: 0, count: 1 });
  const { width, pixels } = await until('images');
  expect(width).toBe(64);
  const colours = new Set<string>();
  for (let y = 0; y < 32; y++)
    for (let x = 32; x < 64; x++)
      colours.add([...pixels.subarray((y * 64 + x) * 4, (y * 64 + x) * 4 + 3)].join());
  expect(colours.size).toBeLessThanOrEqual(4);
  expect(colours).toContain('32,32,40');
});

it('names the data that must be fetched first', async () => {
  const { until } = serve({ source: 'emoji' });
  expect(await until('failed')).toMatchObject({ missingData: 'emoji' });
});
