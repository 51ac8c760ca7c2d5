import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataError } from '../data-error';
import type { Examples } from '../source';
import { openIdx } from './idx-dataset';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'idx-'));
  process.env.GAN_WORKBENCH_CACHE = join(folder, 'cache');
});
afterAll(() => {
  delete process.env.GAN_WORKBENCH_CACHE;
  rmSync(folder, { recursive: true });
});

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** An IDX header followed by ascending values. */
function idx(extents: readonly number[], values?: Uint8Array): Uint8Array {
  const size = extents.reduce((product, extent) => product * extent, 1);
  const bytes = Buffer.alloc(4 + 4 * extents.length + size);
  bytes[2] = 8;
  bytes[3] = extents.length;
  extents.forEach((extent, i) => {
    bytes.writeUInt32BE(extent, 4 + 4 * i);
  });
  bytes.set(values ?? Uint8Array.from({ length: size }, (_, i) => i % 256), 4 + 4 * extents.length);
  return bytes;
}

async function openImages(name: string, bytes: Uint8Array, imageSize = 4): Promise<Examples> {
  const { train } = await openIdx({
    train: { images: file(name, bytes) },
    heldOut: { share: 0.25 },
    imageSize,
    channels: 1,
  });
  return train;
}

async function read(examples: Examples, index: number): Promise<number[]> {
  const { shape } = examples;
  const size = shape.kind === 'image' ? shape.height * shape.width * shape.channels : shape.dimensions;
  const target = new Float32Array(size);
  await examples.read(Uint32Array.of(index), target);
  return Array.from(target);
}

describe('images', () => {
  it('come as [-1, 1], the same gzipped or not', async () => {
    const bytes = idx([4, 4, 4]);
    const plain = await openImages('plain', bytes);
    const zipped = await openImages('zipped.gz', gzipSync(bytes));
    expect(plain.count).toBe(3);
    const first = await read(plain, 0);
    expect(first[0]).toBeGreaterThanOrEqual(-1);
    expect(Math.round(((first[5] ?? 0) - (first[4] ?? 0)) * 127.5)).toBe(1);
    expect(await read(zipped, 2)).toEqual(await read(plain, 2));
  });

  it('are divided into parts that share none', async () => {
    const { train, heldOut } = await openIdx({
      train: { images: file('split', idx([8, 1, 1])) },
      heldOut: { share: 0.25 },
      imageSize: 1,
      channels: 1,
    });
    const values: number[] = [];
    for (const part of [train, heldOut])
      for (let i = 0; i < part.count; i++)
        values.push(Math.round(((await read(part, i))[0] ?? 0) * 127.5 + 127.5));
    expect(heldOut.count).toBe(2);
    expect(values.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('of 28×28 get a black border for 32, and are that twice as large for 64', async () => {
    const bytes = idx([2, 28, 28], new Uint8Array(2 * 784).fill(255));
    const at32 = await read(await openImages('at32', bytes, 32), 0);
    expect(at32[0]).toBe(-1);
    expect(at32[2 * 32 + 2]).toBe(1);
    expect(at32[29 * 32 + 29]).toBe(1);
    expect(at32[30 * 32 + 30]).toBe(-1);
    const at64 = await read(await openImages('at64', bytes, 64), 0);
    expect(at64[2 * 64 + 2]).toBe(-1);
    expect(at64[3 * 64 + 3]).toBeCloseTo(-1 + 2 / 16, 2);
    expect(at64[5 * 64 + 5]).toBe(1);
    expect(at64[58 * 64 + 58]).toBe(1);
  });

  it('have the labels of their own', async () => {
    const { train } = await openIdx({
      train: {
        images: file('l-images', idx([4, 1, 1])),
        labels: file('l-labels', idx([4], Uint8Array.of(3, 1, 4, 1))),
      },
      heldOut: { images: file('h-images', idx([1, 1, 1])), labels: file('h-labels', idx([1])) },
      imageSize: 1,
      channels: 1,
    });
    expect(train.classes).toBe(5);
    const labels = new Int32Array(2);
    await train.read(Uint32Array.of(2, 0), new Float32Array(2), labels);
    expect(Array.from(labels)).toEqual([4, 3]);
  });
});

describe('what is wrong with a file is said with the file and the byte', () => {
  const whole = idx([3, 4, 4]);
  it.each([
    [
      'cut off in an image',
      whole.subarray(0, 16 + 40),
      'ends at byte 56, but its header (3 × 4 × 4) requires 64 bytes: it is truncated in example 2',
    ],
    ['cut off in the header', whole.subarray(0, 9), 'ends at byte 9, inside its header'],
    ['empty', new Uint8Array(0), 'is empty'],
    [
      'too long',
      Buffer.concat([whole, Buffer.alloc(2)]),
      'has 66 bytes, but its header (3 × 4 × 4) requires 64',
    ],
    ['no IDX', Buffer.from('PNG and more than sixteen bytes'), 'begins with the bytes 50 4e 47 20'],
    ['labels for images', idx([20]), '00 00 08 01'],
    ['of floats', Uint8Array.from([0, 0, 13, 3, ...whole.subarray(4)]), 'byte 2 means 32-bit floats'],
    ['without an image', idx([0, 4, 4]), 'has no examples'],
    ['with images of no size', idx([3, 0, 4]), 'has images of 0×4 pixels'],
    ['of another size', idx([3, 5, 5]), 'has images of 5×5 pixels'],
    ['not square', idx([3, 4, 5]), 'has images of 5×4 pixels'],
    ['a damaged gzip', gzipSync(idx([3, 4, 4])).subarray(0, 30), 'is truncated: its gzip data'],
    ['of one image, none of which can be held out', idx([1, 4, 4]), 'has only one image'],
  ])('%s', async (name, bytes, expected) => {
    const opened = openImages(name.replaceAll(' ', '-'), bytes);
    await expect(opened).rejects.toThrow(DataError);
    await expect(opened).rejects.toThrow(expected);
    await expect(opened).rejects.toThrow(join(folder, name.replaceAll(' ', '-')));
  });

  it('a count of labels that is not that of the images', async () => {
    const opened = openIdx({
      train: { images: file('c-images', whole), labels: file('c-labels', idx([5])) },
      heldOut: { share: 0.5 },
      imageSize: 4,
      channels: 1,
    });
    await expect(opened).rejects.toThrow('has 5 labels');
  });

  it('a file that is not there, and a folder', async () => {
    const missing = openIdx({
      train: { images: join(folder, 'none') },
      heldOut: { share: 0.5 },
      imageSize: 4,
      channels: 1,
    });
    await expect(missing).rejects.toThrow('does not exist');
    const isFolder = openIdx({
      train: { images: folder },
      heldOut: { share: 0.5 },
      imageSize: 4,
      channels: 1,
    });
    await expect(isFolder).rejects.toThrow('is a folder, not a file');
  });
});
