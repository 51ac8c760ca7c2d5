import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exampleExtents } from '../../shared/example-shape';
import { sizeOf } from '../../shared/host-tensor';
import { closeDataset, type DataSource, type Dataset, type Examples } from '../source';
import { cifar10 } from './cifar10';
import { numpy } from './numpy';
import { pairs } from './pairs';

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'own-'));
  vi.stubEnv('GAN_WORKBENCH_CACHE', join(base, 'cache'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(base, { recursive: true });
});

async function opened<T>(
  source: DataSource,
  options: object,
  use: (data: Dataset) => Promise<T>,
): Promise<T> {
  const dataset = await source.open(source.options.parse(options), { baseFolder: base, seed: 0 });
  try {
    return await use(dataset);
  } finally {
    await closeDataset(dataset);
  }
}

interface Example {
  readonly made: number;
  readonly given: number;
  readonly label: number;
}

/** The first value of each image's first channel, as a byte. */
async function firstValues(examples: Examples): Promise<Example[]> {
  const { count, shape, input } = examples;
  const size = sizeOf(exampleExtents(shape));
  const made = new Float32Array(count * size);
  const given = new Float32Array(input === undefined ? 0 : count * sizeOf(exampleExtents(input)));
  const labels = new Int32Array(count);
  const all = Uint32Array.from({ length: count }, (_, i) => i);
  await examples.read(all, made, labels, given);
  const byte = (value = Number.NaN): number => Math.round((value + 1) * 127.5);
  return Array.from(labels, (label, i) => ({
    made: byte(made[i * size]),
    given: byte(given[i * size]),
    label,
  }));
}

async function picture(path: string, left: number, right = left): Promise<void> {
  const data = Uint8Array.from({ length: 16 * 8 }, (_, i) => (i % 16 < 8 ? left : right));
  await sharp(data, { raw: { width: 16, height: 8, channels: 1 } })
    .png()
    .toFile(join(base, path));
}

const form = { imageSize: 8, channels: 1, split: 0.3 };

describe('pairs', () => {
  it('lie side by side, and may be turned round', async () => {
    mkdirSync(join(base, 'both'));
    for (let i = 1; i <= 4; i++) await picture(`both/${i}.png`, 10 * i, 10 * i + 5);
    const forward = await opened(pairs, { ...form, folder: 'both' }, async ({ train, heldOut }) => [
      ...(await firstValues(train)),
      ...(await firstValues(heldOut)),
    ]);
    expect(forward).toHaveLength(4);
    for (const { made, given } of forward) expect(made).toBe(given + 5);
    const back = await opened(pairs, { ...form, folder: 'both', direction: 'backward' }, ({ train }) =>
      firstValues(train),
    );
    for (const { made, given } of back) expect(made).toBe(given - 5);
  });

  it('have one name in two folders, whatever the format; what has no counterpart is said', async () => {
    for (const folder of ['in', 'out', 'out/sub', 'in/sub']) mkdirSync(join(base, folder));
    for (const name of ['1', '2', 'sub/3']) {
      await picture(`in/${name}.png`, 20);
      await sharp(Buffer.alloc(64, 90), { raw: { width: 8, height: 8, channels: 1 } })
        .webp({ lossless: true })
        .toFile(join(base, `out/${name}.webp`));
    }
    await picture('in/alone.png', 1);
    await picture('out/other.png', 1);
    const options = { ...form, folder: 'in', targets: 'out' };
    const found = await opened(pairs, options, ({ train }) => firstValues(train));
    expect(found).toEqual([
      { given: 20, made: 90, label: 0 },
      { given: 20, made: 90, label: 0 },
    ]);
    await expect(opened(pairs, { ...options, maxSkipped: 1 }, async () => undefined)).rejects.toThrow(
      /alone\.png: No matching file in .*other\.png: No matching file/s,
    );
  });

  it('are two bodies where they are unpaired', async () => {
    for (const folder of ['in', 'out']) mkdirSync(join(base, folder));
    for (let i = 0; i < 5; i++) await picture(`in/${i}.png`, 20);
    for (let i = 0; i < 3; i++) await picture(`out/x${i}.png`, 90);
    await opened(pairs, { ...form, folder: 'in', targets: 'out', use: 'unpaired' }, async (data) => {
      expect((await firstValues(data.train)).map(({ made }) => made)).toEqual([90, 90]);
      const { train, heldOut } = data.unpairedInputs ?? {};
      expect([train?.count, heldOut?.count]).toEqual([3, 2]);
      if (train !== undefined)
        expect((await firstValues(train)).map(({ made }) => made)).toEqual([20, 20, 20]);
    });
    await expect(opened(pairs, { folder: 'in', use: 'unpaired' }, async () => undefined)).rejects.toThrow(
      '"targets" is not set',
    );
  });
});

/** A .npy file, version 1. */
function npy(type: string, shape: readonly number[], values: NodeJS.TypedArray): Buffer {
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const header = Buffer.from(`${dictionary.padEnd(117)}\n`, 'latin1');
  const length = Buffer.alloc(2);
  length.writeUInt16LE(header.length);
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    length,
    header,
    Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  ]);
}

describe('NumPy arrays', () => {
  const images = (value: (i: number) => number): Float32Array =>
    Float32Array.from({ length: 4 * 64 }, (_, i) => value(Math.floor(i / 64)));

  it.each([
    ['bytes', npy('|u1', [4, 8, 8], Uint8Array.from(images((i) => 50 * i)))],
    [
      'floats from 0 to 1',
      npy(
        '<f4',
        [4, 8, 8],
        images((i) => (50 * i) / 255),
      ),
    ],
    ['floats from -1 to 1', npy('<f8', [4, 8, 8], Float64Array.from(images((i) => (50 * i) / 127.5 - 1)))],
    ['one channel', npy('<i8', [4, 8, 8, 1], BigInt64Array.from([...images((i) => 50 * i)], BigInt))],
  ])('of %s', async (_, bytes) => {
    writeFileSync(join(base, 'a.npy'), bytes);
    const found = await opened(numpy, { ...form, file: 'a.npy' }, async ({ train, heldOut }) => [
      ...(await firstValues(train)),
      ...(await firstValues(heldOut)),
    ]);
    expect(found.map(({ made }) => made).toSorted((a, b) => a - b)).toEqual([0, 50, 100, 150]);
  });

  it.each([
    ['as it is', 0 as const],
    ['compressed', 6 as const],
  ])('come with labels in a .npz, %s', async (_, level) => {
    const members = {
      'x.npy': npy('|u1', [4, 8, 8], Uint8Array.from(images((i) => 50 * i))),
      'y.npy': npy('<i4', [4], Int32Array.of(3, 2, 1, 0)),
    };
    writeFileSync(join(base, 'a.npz'), zipSync(members, { level }));
    await opened(numpy, { ...form, file: 'a.npz', labels: 'y' }, async ({ train }) => {
      expect(train.classes).toBe(4);
      for (const { made, label } of await firstValues(train)) expect(made).toBe(150 - 50 * label);
    });
    const missing = opened(numpy, { ...form, file: 'a.npz', labels: 'z' }, async () => undefined);
    await expect(missing).rejects.toThrow('has no array "z"; it has "x", "y"');
  });

  it('with a label that leaves most classes empty are refused, before anything is made for them', async () => {
    writeFileSync(join(base, 'a.npy'), npy('|u1', [4, 8, 8], Uint8Array.from(images((i) => 50 * i))));
    const open = async (...labels: readonly number[]): Promise<number> => {
      writeFileSync(join(base, 'y.npy'), npy('<i4', [4], Int32Array.from(labels)));
      const options = { ...form, file: 'a.npy', labels: 'y.npy' };
      return await opened(numpy, options, async ({ train }) => train.classes);
    };
    await expect(open(0, 1, 1_000_000, 0)).rejects.toMatchObject({
      message: `Label 2 in ${join(base, 'y.npy')} is 1000000, which makes 1000001 classes for 4 images, 999998 of them empty.`,
      remedy: expect.stringContaining('numpy.unique(labels, return_inverse=True)'),
    });
    expect(await open(0, 1, 2, 4)).toBe(5);
    expect(await open(3, 3, 3, 3)).toBe(4);
  });

  it('are several, or what to do about it is said', async () => {
    writeFileSync(join(base, 'a.npy'), npy('|u1', [1, 8, 8], new Uint8Array(64)));
    await expect(opened(numpy, { ...form, file: 'a.npy' }, async () => undefined)).rejects.toMatchObject({
      message: expect.stringContaining('only one usable image'),
      remedy: 'Save an array of several images: the first axis counts them.',
    });
  });

  it.each([
    ['of the same length', 40],
    ['that is shorter', 30],
  ])('are those of the file that is there at the end, written anew meanwhile, %s', async (_, count) => {
    const file = join(base, 'a.npy');
    const filled = (value: number, images: number): Buffer =>
      npy('|u1', [images, 8, 8], new Uint8Array(images * 64).fill(value));
    writeFileSync(file, filled(10, 40));
    utimesSync(file, 1, 1);
    let once = true;
    const options = numpy.options.parse({ ...form, file: 'a.npy' });
    const data = await numpy.open(options, {
      baseFolder: base,
      seed: 0,
      onProgress() {
        if (once) writeFileSync(file, filled(200, count));
        once = false;
      },
    });
    const found = [...(await firstValues(data.train)), ...(await firstValues(data.heldOut))];
    await closeDataset(data);
    expect(found.map(({ made }) => made)).toEqual(Array(count).fill(200));
  });

  it.each([
    [
      'cut off',
      npy('|u1', [4, 8, 8], new Uint8Array(200)),
      'has 200 bytes of data, but its header requires 256',
    ],
    ['big-endian', npy('>f4', [4, 8, 8], new Float32Array(256)), 'has an unsupported data type'],
    ['no images', npy('|u1', [256], new Uint8Array(256)), 'has no images: it is [256]'],
    ['something else', Buffer.from('hello, world'), 'does not begin like a NumPy array'],
  ])('that are %s are refused', async (_, bytes, message) => {
    writeFileSync(join(base, 'a.npy'), bytes);
    await expect(opened(numpy, { file: 'a.npy' }, async () => undefined)).rejects.toThrow(message);
  });
});

describe('CIFAR-10', () => {
  /** Images with red values `red`, green 1 and blue 2. */
  const batch = (...red: readonly number[]): Buffer =>
    Buffer.concat(
      red.map((value) =>
        Buffer.concat([Buffer.of(value % 10), ...[value, 1, 2].map((v) => Buffer.alloc(1024, v))]),
      ),
    );

  it('is read from its binary files', async () => {
    writeFileSync(join(base, 'data_batch_1.bin'), batch(11, 22));
    writeFileSync(join(base, 'data_batch_3.bin'), batch(33));
    writeFileSync(join(base, 'test_batch.bin'), batch(44));
    await opened(cifar10, { folder: '.' }, async ({ train, heldOut }) => {
      expect((await firstValues(train)).map(({ made, label }) => [made, label])).toEqual([
        [11, 1],
        [22, 2],
        [33, 3],
      ]);
      const values = new Float32Array(3072);
      await heldOut.read(Uint32Array.of(0), values);
      expect([...values.subarray(0, 6)].map((value) => Math.round((value + 1) * 127.5))).toEqual([
        44, 1, 2, 44, 1, 2,
      ]);
    });
  });

  it('is refused where a file is cut off or missing', async () => {
    await expect(opened(cifar10, { folder: '.' }, async () => undefined)).rejects.toThrow(
      'does not contain data_batch_1.bin',
    );
    writeFileSync(join(base, 'data_batch_1.bin'), batch(1, 2).subarray(0, 4000));
    await expect(opened(cifar10, { folder: '.' }, async () => undefined)).rejects.toThrow(
      'truncated in image 1',
    );
  });
});
