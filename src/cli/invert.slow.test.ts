import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, encode } from 'fast-png';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkpointedRun, folderData } from '../../test/support/checkpointed-run';
import { type Ended, objects, requireGan, runGan } from '../../test/support/gan-command';

const SIDE = 8;
const NETWORKS = {
  generator: { network: 'dcgan', channels: [4, 3] },
  discriminator: { network: 'dcgan', channels: [3, 4] },
};
const NAMES = ['a.png', 'b.png', 'c.png', 'd.png', 'e.png'];

let folder = '';
let run = '';
let translating = '';
let images = '';

beforeAll(async () => {
  requireGan();
  folder = mkdtempSync(join(tmpdir(), 'gan-invert-'));
  run = await checkpointedRun(folder, { data: folderData(), latent: { size: 4 }, ...NETWORKS });
  translating = await checkpointedRun(folder, {
    data: { ...folderData(), source: 'pairs' },
    generator: { network: 'unet', channels: 4 },
    discriminator: { network: 'patchgan', channels: 4, layers: 1 },
  });
  images = join(folder, 'images');
  mkdirSync(images);
  for (const [i, name] of NAMES.entries()) writePicture(join(images, name), 40 * i);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** An image in one shade, with a white corner. */
function writePicture(file: string, shade: number): void {
  const data = new Uint8Array(SIDE * SIDE * 3).fill(shade).fill(255, 0, 12);
  writeFileSync(file, encode({ width: SIDE, height: SIDE, channels: 3, data }));
}

const invert = (from: string, ...options: readonly string[]): Promise<Ended> =>
  runGan(['invert', run, from, '--steps', '20', ...options], { folder });

it('finds all images of a folder, with the error of each, and writes the latents for `gan sample`', async () => {
  const [out, latents, again] = ['found.png', 'found.npy', 'again.npz'].map((name) => join(folder, name));
  if (out === undefined || latents === undefined || again === undefined) throw new Error('three names');
  const { status, stdout } = await invert(images, '--out', out, '--save-latents', latents, '--json');
  expect(status).toBe(0);
  const lines = objects(stdout);
  expect(lines.filter(({ type }) => type === 'inversion')).toEqual(
    NAMES.map((name) => ({ type: 'inversion', name, psnr: expect.any(Number) })),
  );
  expect(lines.filter(({ type }) => type === 'count').at(-1)).toEqual({
    type: 'count',
    done: 100,
    total: 100,
  });
  expect(lines.at(-1)).toEqual({ type: 'invert', step: 10, count: 5, file: out });
  expect(decode(readFileSync(out)).width).toBeGreaterThan(SIDE);
  expect((await runGan(['sample', run, '--latents', latents, '--out', again], { folder })).status).toBe(0);
  const walk = [
    'export',
    run,
    '--format',
    'latent-walk',
    '--latents',
    latents,
    '--out',
    join(folder, 'walk.gif'),
  ];
  expect((await runGan([...walk, '--seeds', '3,4', '--seconds', '1', '--fps', '4'], { folder })).status).toBe(
    0,
  );
  const wrong = await runGan([...walk, '--seeds', '3,x', '--force'], { folder });
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('"3,x" is no list of seeds.')]);
  const both = await runGan([...walk, '--count', '2', '--force'], { folder });
  expect([both.status, both.stderr]).toEqual([2, expect.stringContaining('choose the latents of one image')]);
});

it('tells people how near each image comes, and skips what is no image', async () => {
  const mixed = join(folder, 'mixed');
  mkdirSync(mixed);
  writePicture(join(mixed, 'good.png'), 90);
  writeFileSync(join(mixed, 'text.png'), 'no image');
  const out = join(folder, 'mixed.png');
  const { status, stdout, stderr } = await invert(mixed, '--out', out);
  expect(status).toBe(0);
  expect(stderr).toContain('Skipped text.png: Cannot be decoded');
  const [first, last] = stdout.trimEnd().split('\n');
  expect(first).toMatch(/^good\.png: PSNR \d+(\.\d+)? dB$/);
  expect(last).toBe(`Saved ${out}: each image beside what step 10 makes of the latents found.`);
});

it.each([
  ['a file that is missing', 'missing.png', 'There is no file', 'Pass an image or a folder of images.'],
  ['a file that is no image', 'text.png', 'has no image that can be used.', 'Choose another image.'],
  ['an empty folder', 'nothing', 'has no image that can be used.', 'Choose another image.'],
])('is refused for %s, and writes nothing', async (_, name, message, remedy) => {
  writeFileSync(join(folder, 'text.png'), 'no image');
  mkdirSync(join(folder, 'nothing'), { recursive: true });
  const out = join(folder, 'refused.png');
  const { status, stderr } = await invert(join(folder, name), '--out', out);
  expect([status, existsSync(out)]).toEqual([1, false]);
  expect(stderr).toContain(message);
  expect(stderr).toContain(remedy);
  expect(stderr).not.toContain('    at ');
});

it('is refused for a run that translates images, and names the command for it', async () => {
  const out = join(folder, 'translated.png');
  const { status, stderr } = await runGan(['invert', translating, images, '--out', out], { folder });
  expect([status, existsSync(out)]).toEqual([1, false]);
  expect(stderr).toContain('starts from images of its data, not from latents.');
  expect(stderr).toContain('gan translate');
});

it.each([
  ['the picture', 'kept.png', 'new.npy'],
  ['the latents', 'new.png', 'kept.npy'],
])('computes nothing where %s would replace a file, unless told to', async (_, out, latents) => {
  const kept = [out, latents].find((name) => name.startsWith('kept')) ?? '';
  writeFileSync(join(folder, kept), 'kept');
  const args = ['--out', join(folder, out), '--save-latents', join(folder, latents), '--json'];
  const { status, stdout, stderr } = await invert(images, ...args);
  expect(status).toBe(1);
  expect(stderr).toContain(`${join(folder, kept)} already exists.`);
  expect(objects(stdout).map(({ type }) => type)).toEqual(['failure']);
  expect(readFileSync(join(folder, kept), 'utf8')).toBe('kept');
  expect((await invert(images, ...args, '--force')).status).toBe(0);
  expect(readFileSync(join(folder, kept), 'utf8')).not.toBe('kept');
});

it.each([
  [['--out', 'a.jpg'], 2, 'a.jpg does not end in .png.'],
  [['--out', 'a.png', '--save-latents', 'a.npz'], 2, 'a.npz does not end in .npy.'],
  [['--out', 'a.png', '--class', '1'], 1, 'This run has no classes.'],
  [['--out', 'a.png', '--features', 'inception'], 2, 'which takes none, auto, classifier, random'],
])('is refused with %j', async (options, code, message) => {
  const { status, stderr } = await invert(images, ...options);
  expect([status, stderr]).toEqual([code, expect.stringContaining(message)]);
});

it('leaves nothing behind when it is cancelled', async () => {
  const out = join(folder, 'cancelled.png');
  const { status, stderr } = await runGan(
    ['invert', run, images, '--steps', '100000', '--out', out, '--json'],
    {
      folder,
      onLine: (line, kill) => {
        if (line.includes('"count"')) kill('SIGINT');
      },
    },
  );
  expect([status, existsSync(out)]).toEqual([130, false]);
  expect(stderr).toContain('Cancelled. Nothing was written.');
});
