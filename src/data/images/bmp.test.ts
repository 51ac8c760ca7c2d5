import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bmp } from '../../../test/support/bmp';
import { bmpSize, decodeBmp } from './bmp';

const RED = [255, 0, 0];
const GREEN = [0, 255, 0];
const BLUE = [0, 0, 255];
/** Blue, green, red, 0. */
const PALETTE = [0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0];

/** RGB of each pixel, from the top left. */
function colours(bytes: Buffer): number[][] {
  const { data, channels, width, height } = decodeBmp(bytes);
  return Array.from({ length: width * height }, (_, i) => [...data.subarray(i * channels, i * channels + 3)]);
}

// Three pixels wide and two high: red, green, blue above blue, blue, red. Rows are stored bottom-up.
const WANTED = [RED, GREEN, BLUE, BLUE, BLUE, RED];
const size = { width: 3, height: 2 };

it.each([
  ['1 bit', { bits: 1, palette: PALETTE.slice(0, 8), pixels: [0b01000000, 0, 0, 0, 0b10100000, 0, 0, 0] }],
  ['4 bits', { bits: 4, palette: PALETTE, pixels: [0x22, 0x00, 0, 0, 0x01, 0x20, 0, 0] }],
  ['8 bits', { bits: 8, palette: PALETTE, pixels: [2, 2, 0, 0, 0, 1, 2, 0] }],
  ['16 bits', { bits: 16, pixels: [31, 0, 31, 0, 0, 0x7c, 0, 0, 0, 0x7c, 0xe0, 3, 31, 0, 0, 0] }],
  [
    '16 bits with masks',
    {
      bits: 16,
      compression: 3,
      masks: [0xf800, 0x07e0, 0x001f],
      pixels: [31, 0, 31, 0, 0, 0xf8, 0, 0, 0, 0xf8, 0xe0, 7, 31, 0, 0, 0],
    },
  ],
  [
    '24 bits',
    {
      bits: 24,
      pixels: [255, 0, 0, 255, 0, 0, 0, 0, 255, 9, 9, 9, 0, 0, 255, 0, 255, 0, 255, 0, 0, 9, 9, 9],
    },
  ],
  [
    '32 bits',
    {
      bits: 32,
      pixels: [255, 0, 0, 0, 255, 0, 0, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0],
    },
  ],
  [
    '32 bits with masks',
    {
      bits: 32,
      compression: 6,
      masks: [0xff, 0xff00, 0xff0000, 0xff000000],
      pixels: [0, 0, 255, 0, 0, 0, 255, 0, 255, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0],
    },
  ],
  [
    'runs of 8 bits',
    {
      bits: 8,
      compression: 1,
      palette: PALETTE,
      // A run of two and one of one; end of line; three literal pixels with padding; end.
      pixels: [2, 2, 1, 0, 0, 0, 0, 3, 0, 1, 2, 0, 0, 1],
    },
  ],
  [
    'runs of 4 bits',
    {
      bits: 4,
      compression: 2,
      palette: PALETTE,
      // A run; a jump of zero to the last pixel of the line; end of line; three literal pixels; end.
      pixels: [2, 0x22, 0, 2, 0, 0, 1, 0x00, 0, 0, 0, 3, 0x01, 0x20, 0, 1],
    },
  ],
])('decodes %s', (name, { pixels, ...parts }) => {
  const wanted = name === '1 bit' ? [GREEN, RED, GREEN, RED, GREEN, RED] : WANTED;
  expect(colours(bmp({ ...size, ...parts, pixels: Uint8Array.from(pixels) }))).toEqual(wanted);
});

it('keeps what is transparent, unless all of it would be', () => {
  const parts = {
    width: 2,
    height: -1,
    bits: 32,
    compression: 6,
    masks: [0xff, 0xff00, 0xff0000, 0xff000000],
  };
  const alphas = (...values: number[]): number[] => {
    const pixels = Uint8Array.from(values.flatMap((alpha) => [1, 2, 3, alpha]));
    const { data } = decodeBmp(bmp({ ...parts, pixels }));
    return [data[3] ?? -1, data[7] ?? -1];
  };
  expect(alphas(0, 128)).toEqual([0, 128]);
  expect(alphas(0, 0)).toEqual([255, 255]);
});

it('reads rows from above where the height says so', () => {
  const pixels = Uint8Array.of(0, 1, 2, 0, 2, 2, 0, 0);
  expect(colours(bmp({ width: 3, height: -2, bits: 8, palette: PALETTE, pixels }))).toEqual(WANTED);
});

it.each([
  ['text', Buffer.alloc(99, 'text'), 'Not a BMP file'],
  [
    'a cut off header',
    bmp({ ...size, bits: 24, pixels: new Uint8Array(24) }).subarray(0, 40),
    'Not a BMP file',
  ],
  ['no size', bmp({ width: 0, height: 2, bits: 24, pixels: new Uint8Array(24) }), 'Empty image'],
  ['a JPEG inside', bmp({ ...size, bits: 24, compression: 4, pixels: new Uint8Array(24) }), 'Unsupported'],
  ['cut off pixels', bmp({ ...size, bits: 24, pixels: new Uint8Array(20) }), '3×2 pixels do not fit'],
  [
    'runs that end early',
    bmp({ ...size, bits: 8, compression: 1, palette: PALETTE, pixels: Uint8Array.of(3, 1) }),
    'ends inside its pixel data',
  ],
  [
    'a colour that is not in the table',
    bmp({ ...size, bits: 8, palette: PALETTE, pixels: new Uint8Array(8).fill(7) }),
    'Colour 7 is not in the table of 3',
  ],
])('refuses %s', (_, bytes, message) => {
  expect(() => decodeBmp(bytes)).toThrow(message);
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bmp-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['pixels', 24, 0],
  ['runs', 8, 1],
])('takes no memory for %s that the file cannot hold', async (_, bits, compression) => {
  const lie = bmp({ width: 16384, height: 16384, bits, compression, pixels: new Uint8Array(64) });
  const file = join(folder, 'lie.bmp');
  writeFileSync(file, lie);
  const before = process.memoryUsage().arrayBuffers;
  await expect(bmpSize(file)).rejects.toThrow('16384×16384 pixels do not fit');
  expect(() => decodeBmp(lie)).toThrow('16384×16384 pixels do not fit');
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
});
