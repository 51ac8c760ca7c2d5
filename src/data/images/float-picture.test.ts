import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { floatTiff } from '../../../test/support/tiff';
import { drawPicture } from './draw-picture';

/** The bytes of 20×20 grey pixels of 0 to 1, of which `outliers` are 200. */
async function drawnWith(outliers: number): Promise<Uint8Array> {
  const values = Float32Array.from({ length: 400 }, (_, i) => (i < outliers ? 200 : i / 400));
  const file = join(await temporaryFolder(), 'x.tif');
  await writeFile(file, floatTiff({ width: 20, height: 20, channels: 1, values }));
  return await drawPicture({ file }, { imageSize: 20, channels: 1, fit: 'crop', background: '#fff' }, 'x');
}

/** The bytes of 4×4 pixels with values evenly spaced between `from` and `to`. */
async function drawn(channels: 1 | 3, from: number, to: number): Promise<number[]> {
  const count = 16 * channels;
  const values = Float32Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
  const file = join(await temporaryFolder(), 'x.tif');
  await writeFile(file, floatTiff({ width: 4, height: 4, channels, values }));
  return [...(await drawPicture({ file }, { imageSize: 4, channels, fit: 'crop', background: '#fff' }, 'x'))];
}

const evenly = (channels: number): number[] =>
  Array.from({ length: 16 * channels }, (_, i) => Math.round((255 * i) / (16 * channels - 1)));

it.each([
  [1, 0, 1],
  [3, 0, 1],
  [1, -1, 1],
  [3, 0, 255],
] as const)('are scaled by their range: %d channels from %d to %d', async (channels, from, to) => {
  const bytes = await drawn(channels, from, to);
  const off = bytes.map((byte, i) => Math.abs(byte - (evenly(channels)[i] ?? 0)));
  expect(Math.max(...off)).toBeLessThanOrEqual(1);
});

it.each([
  [0, 4000, 'Values from 0 to 4000, which is not a valid range of images'],
  [0, Number.NaN, 'Contains NaN'],
])('are refused where no image has such values: %d to %d', async (from, to, message) => {
  await expect(drawn(1, from, to)).rejects.toThrow(message);
});

it('are refused where a bright outlier would turn the rest black', async () => {
  await expect(drawnWith(1)).rejects.toThrow('Contains 200, although almost all values are at most 1');
  expect([...(await drawnWith(40))].slice(38, 42)).toEqual([200, 200, 0, 0]);
});
