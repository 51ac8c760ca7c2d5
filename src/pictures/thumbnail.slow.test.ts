import { decode, encode } from 'fast-png';
import { expect, it } from 'vitest';
import { float32 } from '../shared/host-tensor';
import { gridPng } from './grid';
import { samplesPng } from './samples-png';
import { thumbnailPng } from './thumbnail';

/** `count` images, each with a constant level. */
function levels(count: number, size: number, levelOf: (index: number) => number) {
  const values = Float32Array.from({ length: count * size * size }, (_, i) =>
    levelOf(Math.floor(i / (size * size))),
  );
  return float32([count, size, size, 1], values);
}

function thumbnailOf(png: Uint8Array, isPlane = false) {
  const made = thumbnailPng(Buffer.from(png), isPlane);
  if (made === undefined) throw new Error('There is no thumbnail.');
  const { width, height, channels, data } = decode(made);
  return { width, height, at: (x: number, y: number) => data[(y * width + x) * channels] };
}

it('shows the first rows and columns of a grid at their own size', async () => {
  const { width, height, at } = thumbnailOf(await gridPng(levels(64, 28, (index) => index / 32 - 1)));
  expect([width, height]).toEqual([5 * 29 - 1, 4 * 29 - 1]);
  expect([at(0, 0), at(29, 0), at(28, 0)]).toEqual([0, 4, 128]);
  expect(at(0, 29)).toBe(32);
});

it('shows whole groups, smaller where they are wide, and no heads', async () => {
  const images = (level: number) => levels(16, 64, () => level);
  const example = { kind: 'image' as const, height: 64, width: 64, channels: 1 };
  const png = await samplesPng({ given: images(-1), fake: images(0), targets: images(1) }, example);
  const { width, height, at } = thumbnailOf(png);
  expect([width, height]).toEqual([3 * 33 - 1, 4 * 33 - 1]);
  expect([at(0, 0), at(33, 0), at(66, 0)]).toEqual([0, 128, 255]);
});

it('shows fewer where there are not so many', async () => {
  const { width, height } = thumbnailOf(await gridPng(levels(3, 8, () => 1)));
  expect([width, height]).toEqual([17, 17]);
});

it('makes pictures smaller that say nothing of a grid, and leaves out the legend of a plane', () => {
  const png = encode({ width: 720, height: 771, channels: 3, data: new Uint8Array(720 * 771 * 3).fill(9) });
  expect(thumbnailOf(png, true)).toMatchObject({ width: 120, height: 120 });
  expect(thumbnailOf(png)).toMatchObject({ width: 120, height: 128 });
});

it('leaves the white behind points out, so that they show on dark pages too', () => {
  const data = new Uint8Array(4 * 4 * 3).fill(255);
  data.set([255, 128, 0], 0);
  data.set([255, 191, 128], 3);
  data.set([58, 70, 84], 9);
  const made = decode(
    thumbnailPng(Buffer.from(encode({ width: 4, height: 4, channels: 3, data })), true) ?? data,
  );
  const pixel = (index: number): number[] => [...made.data.slice(4 * index, 4 * index + 4)];
  expect(made.channels).toBe(4);
  expect(pixel(0)).toEqual([255, 128, 0, 255]);
  // Half-opaque, with the same appearance over white.
  expect(pixel(1)).toEqual([255, 126, 0, 127]);
  expect(pixel(2)[3]).toBe(0);
  // Nearly black points change to a colour that is visible on black.
  expect(Math.max(...pixel(3).slice(0, 3))).toBeGreaterThan(200);
});

it('does not believe a description that reaches beyond the picture', async () => {
  const honest = decode(await gridPng(levels(64, 28, () => 0)));
  const cut = encode({ ...honest, height: 10, data: honest.data.slice(0, honest.width * 10) });
  expect(thumbnailOf(cut)).toMatchObject({ width: 155, height: 1 });
});

it('does not decode what would take too long', () => {
  const head = Buffer.alloc(64);
  head.writeUInt32BE(100_000, 16);
  head.writeUInt32BE(100_000, 20);
  expect(thumbnailPng(head, false)).toBeUndefined();
});
