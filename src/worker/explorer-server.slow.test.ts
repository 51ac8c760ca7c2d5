import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { checkpointedRun } from '../../test/support/checkpointed-run';
import { type Served, served } from '../../test/support/served';
import { stylegan2 } from '../../test/support/small-networks';
import { loadExperiment } from '../config/load';
import { startSession } from '../session/training-session';
import {
  FRAMES,
  type FromExplorer,
  type LatentPlace,
  type OpenExplorer,
  type ToExplorer,
} from '../shared/explorer-protocol';
import { formatText } from '../shared/localizable-text';
import { serveExplorer } from './explorer-server';

const folder = mkdtempSync(join(tmpdir(), 'explorer-'));
const closers: (() => void)[] = [];

beforeAll(() => vi.stubEnv('GAN_WORKBENCH_CACHE', join(folder, 'cache')));
afterAll(() => {
  for (const close of closers) close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** Trains an experiment for two steps, with a checkpoint at each. */
async function train(name: string, experiment: object): Promise<string> {
  const file = join(folder, `${name}.gan.json`);
  const engine = { name: 'onnx', threads: 1 };
  const logging = { sampleEvery: 2, checkpointEvery: 1, sampleCount: 4 };
  writeFileSync(file, JSON.stringify({ ...experiment, engine, logging, length: { steps: 2 } }));
  const session = await startSession({ experiment: await loadExperiment(file, []) });
  await session.run();
  return session.folder;
}

function serve(open: Omit<OpenExplorer, 'type'>): Served<FromExplorer, ToExplorer> {
  const server = served(serveExplorer);
  closers.push(server.close);
  server.tell({ type: 'open', ...open });
  return server;
}

const place: LatentPlace = { from: 1, to: 2, mix: 0, offsets: [0, 0, 0] };
const digits = {
  data: { source: 'digits', batchSize: 4 },
  generator: { network: 'dcgan', channels: [4, 4] },
  discriminator: { network: 'dcgan', channels: [4, 4] },
  latent: { size: 3 },
  conditioning: { name: 'projection', generator: 'concatenate' },
};

function pixelsOf(message: Extract<FromExplorer, { readonly type: 'sample' | 'frames' | 'chosen' }>): string {
  if (message.made.kind !== 'images') throw new Error('images were expected');
  return Buffer.from(message.made.tiles.pixels).toString('base64');
}

it('shows samples of any place, the way between two, and the nearest training images', async () => {
  const runFolder = await train('digits', digits);
  const { until, tell } = serve({ runFolder, isTrusted: true });
  const { facts } = await until('opened');
  expect(facts).toMatchObject({
    step: 2,
    steps: [1, 2],
    latentSize: 3,
    prior: 'normal',
    directions: 3,
    directionsFrom: 'weights',
    classes: 10,
    makes: 'images',
  });
  const sampleOf = async (request: number, change: Partial<LatentPlace> = {}): Promise<string> => {
    tell({ type: 'sample', request, place: { ...place, ...change } });
    return pixelsOf(await until('sample', (sample) => sample.request === request));
  };
  const start = await sampleOf(0);
  expect(await sampleOf(1)).toBe(start);
  const others = [
    await sampleOf(2, { from: 3 }),
    await sampleOf(3, { offsets: [3, 0, 0] }),
    await sampleOf(4, { label: 5 }),
    await sampleOf(5, { truncation: 0.1 }),
    await sampleOf(6, { mix: 1 }),
  ];
  expect(new Set([start, ...others]).size).toBe(6);

  tell({ type: 'frames', request: 7, place });
  const frames = await until('frames');
  expect(frames.made).toMatchObject({ kind: 'images', tiles: { count: FRAMES, width: 28, height: 28 } });
  expect(pixelsOf(frames).slice(0, 1000)).toBe(start.slice(0, 1000));

  tell({ type: 'chosen', places: [place, { ...place, mix: 1 }] });
  const chosen = pixelsOf(await until('chosen'));
  expect(Buffer.from(chosen, 'base64')).toEqual(
    Buffer.concat([Buffer.from(start, 'base64'), Buffer.from(others[4] ?? '', 'base64')]),
  );
  tell({ type: 'picture', places: [place, { ...place, mix: 1 }] });
  const { png } = await until('picture');
  expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG');

  tell({ type: 'neighbours', request: 8, place });
  const near = await until('neighbours');
  expect(near).toMatchObject({ looked: 8000, total: 8000, tiles: { count: 8, width: 28, height: 28 } });
  expect(near.neighbours[0]?.distance).toBeLessThan(near.neighbours[7]?.distance ?? 0);

  tell({ type: 'load', step: 1 });
  expect((await until('opened')).facts.step).toBe(1);
  expect(await sampleOf(9)).not.toBe(start);
  tell({ type: 'load', step: 7 });
  expect((await until('failed')).kind).toBe('other');
  expect(await sampleOf(10)).not.toBe(start);
});

it('finds the latent of an image, which samples then start from', async () => {
  const runFolder = await train('inverted', digits);
  // Without the data, images are compared by their pixels alone: a classifier takes long to train.
  const { until, tell } = serve({ runFolder, isTrusted: false });
  await until('opened');
  const file = join(folder, 'mine.png');
  writeFileSync(file, encode({ width: 40, height: 40, channels: 1, data: new Uint8Array(1600).fill(90) }));
  tell({ type: 'invert', file });
  const inverting = { type: 'inverting', phase: 'latent', name: 'mine.png', done: 0, total: 300 };
  expect(await until('inverting')).toEqual(inverting);
  tell({ type: 'sample', request: 0, place });
  await until('sample');
  const { image, tiles } = await until('inverted');
  expect(image).toMatchObject({ found: { name: 'mine.png' }, step: 2, psnr: expect.any(Number) });
  expect(tiles).toMatchObject({ count: 2, width: 28, height: 28 });
  expect([...tiles.pixels.subarray(0, 4)]).toEqual([90, 90, 90, 255]);
  const found: LatentPlace = { ...place, from: image.found, ...(image.label && { label: image.label }) };
  tell({ type: 'sample', request: 1, place: found });
  const { made } = await until('sample');
  expect(made.kind === 'images' && [...made.tiles.pixels]).toEqual([...tiles.pixels.subarray(28 * 28 * 4)]);
  tell({ type: 'sample', request: 2, place: { ...found, to: { name: 'short', values: [1] } } });
  expect((await until('failed')).kind).toBe('other');

  tell({ type: 'invert', file });
  await until('inverting', ({ done }) => done > 0);
  tell({ type: 'cancelInversion' });
  expect(await until('notInverted')).toEqual({ type: 'notInverted' });
  const text = join(folder, 'text.png');
  writeFileSync(text, 'no image');
  tell({ type: 'invert', file: text });
  const { reason } = await until('notInverted');
  expect(reason && formatText(reason)).toMatch(/^text\.png cannot be used: /);
});

it('truncates the styles of a generator that has them, and inverts it', async () => {
  const runFolder = await checkpointedRun(join(folder, 'styles'), {
    ...stylegan2,
    latent: { size: 3 },
  });
  const { until, tell } = serve({ runFolder, isTrusted: false });
  expect((await until('opened')).facts.hasStyles).toBe(true);
  const average = { ...place, styleTruncation: 0 };
  const half = { ...place, styleTruncation: 0.5 };
  tell({ type: 'chosen', places: [average, { ...average, from: 3 }, half, place] });
  const { made } = await until('chosen');
  if (made.kind !== 'images') throw new Error('images were expected');
  const { pixels } = made.tiles;
  const size = pixels.length / 4;
  const shown = [0, 1, 2, 3].map((i) =>
    Buffer.from(pixels.subarray(i * size, (i + 1) * size)).toString('base64'),
  );
  expect(shown[1]).toBe(shown[0]);
  expect(new Set(shown).size).toBe(3);
  tell({ type: 'animate', places: [half, { ...half, from: 3 }], encoding: 'webp', seconds: 1, perSecond: 4 });
  expect((await until('animation')).bytes).toBeInstanceOf(Uint8Array);
  const file = join(folder, 'styled.png');
  writeFileSync(file, encode({ width: 28, height: 28, channels: 1, data: new Uint8Array(784).fill(90) }));
  tell({ type: 'invert', file });
  expect((await until('inverted')).image.found.values).toHaveLength(3);
});

it('animates a loop through places', async () => {
  // Random weights: those of a run of two steps make frames that are hardly different, and stored once.
  const runFolder = await checkpointedRun(join(folder, 'animated'), digits);
  const { until, tell } = serve({ runFolder, isTrusted: false });
  await until('opened');
  const places = [place, { ...place, from: 3, label: 4 }];
  tell({ type: 'animate', places, encoding: 'webp', seconds: 1, perSecond: 10 });
  expect(await until('animating')).toEqual({ type: 'animating', done: 8, total: 10 });
  const { bytes } = await until('animation');
  const { pages, width, delay, loop } = await sharp(bytes).metadata();
  expect({ pages, delay, loop }).toEqual({ pages: 10, delay: Array(10).fill(100), loop: 0 });
  expect(width).toBeGreaterThan(200);

  tell({ type: 'animate', places, encoding: 'gif', seconds: 60, perSecond: 10 });
  await until('animating', ({ total }) => total === 600);
  tell({ type: 'cancelAnimation' });
  expect(await until('animation')).toEqual({ type: 'animation' });
});

it('cancels what waits for an animation', async () => {
  const runFolder = await checkpointedRun(join(folder, 'waiting'), digits);
  const { until, tell } = serve({ runFolder, isTrusted: false });
  await until('opened');
  const file = join(folder, 'waiting.png');
  writeFileSync(file, encode({ width: 28, height: 28, channels: 1, data: new Uint8Array(784).fill(90) }));
  const long = { type: 'animate', places: [place], encoding: 'webp', seconds: 60, perSecond: 10 } as const;
  tell(long);
  await until('animating', ({ total }) => total === 600);
  tell({ type: 'invert', file });
  expect(await until('inverting')).toMatchObject({ name: 'waiting.png', done: 0 });
  tell({ type: 'cancelInversion' });
  tell({ type: 'cancelAnimation' });
  expect(await until('animation')).toEqual({ type: 'animation' });
  expect(await until('notInverted')).toEqual({ type: 'notInverted' });

  tell({ type: 'invert', file });
  await until('inverting', ({ done }) => done > 0);
  tell(long);
  tell({ type: 'cancelAnimation' });
  tell({ type: 'cancelInversion' });
  await until('notInverted');
  expect(await until('animation')).toEqual({ type: 'animation' });
});

it('says where in the plane a latent lands', async () => {
  const runFolder = await train('points', {
    data: { source: 'points2d', batchSize: 4 },
    generator: { network: 'mlp', hidden: [6] },
    discriminator: { network: 'mlp', hidden: [6] },
    latent: { size: 2, prior: 'uniform' },
  });
  const { until, tell } = serve({ runFolder, isTrusted: true });
  expect((await until('opened')).facts).toMatchObject({ makes: 'points', prior: 'uniform', classes: 0 });
  const { points } = await until('plane');
  expect(points.real).toHaveLength(1000);
  expect(points.heat).toHaveLength(64 * 64);
  tell({ type: 'sample', request: 0, place });
  const { made } = await until('sample');
  expect(made).toEqual({ kind: 'points', points: expect.any(Float32Array) });
  expect(made.kind === 'points' && made.points).toHaveLength(2);
  tell({ type: 'invert', file: join(folder, 'any.png') });
  expect(formatText((await until('failed')).message)).toContain('does not make images.');
});

it('says so where a generator starts from images', async () => {
  const runFolder = await train('shapes', {
    data: { source: 'shapes', imageSize: 32, count: 20, batchSize: 2 },
    generator: { network: 'unet', channels: 2 },
    discriminator: { network: 'patchgan', channels: 2, layers: 1 },
  });
  const { until } = serve({ runFolder, isTrusted: true });
  expect(await until('failed')).toMatchObject({ kind: 'noLatents' });
});

it('loads no module and opens no data of a workspace that is not trusted', async () => {
  const runFolder = await train('untrusted', digits);
  const { until, tell } = serve({ runFolder, isTrusted: false });
  expect((await until('opened')).facts.classes).toBe(10);
  expect(formatText((await until('noNeighbours')).reason)).toContain('trusted');
  tell({ type: 'sample', request: 0, place });
  expect((await until('sample')).made.kind).toBe('images');

  const config = join(runFolder, 'config.json');
  const stored: object = JSON.parse(readFileSync(config, 'utf8'));
  const module = { network: 'module', module: './nets.mjs', export: 'generator' };
  writeFileSync(config, JSON.stringify({ ...stored, generator: module }));
  expect(await serve({ runFolder, isTrusted: false }).until('failed')).toMatchObject({ kind: 'untrusted' });
});
