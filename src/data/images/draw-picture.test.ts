import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { bmp } from '../../../test/support/bmp';
import { drawPicture } from './draw-picture';

/** Number of large BMP files that have been decoded but not drawn yet. */
const held = vi.hoisted(() => ({ now: 0, most: 0 }));

vi.mock('./bmp', async (importOriginal) => {
  const original = await importOriginal<typeof import('./bmp')>();
  return {
    ...original,
    decodeBmp(bytes: Buffer) {
      held.most = Math.max(held.most, ++held.now);
      return original.decodeBmp(bytes);
    },
  };
});

const folder = mkdtempSync(join(tmpdir(), 'draw-'));
afterEach(() => rmSync(folder, { recursive: true }));

it('holds one large BMP in memory at a time', async () => {
  const file = join(folder, 'large.bmp');
  const [width, height] = [4096, 1025];
  const pixels = new Uint8Array(width * height);
  writeFileSync(file, bmp({ width, height, bits: 8, palette: [0, 0, 255, 0], pixels }));
  const form = { imageSize: 8, channels: 3, fit: 'crop', background: '#000000' } as const;
  const draws = Array.from({ length: 4 }, async () => {
    const drawn = await drawPicture({ file }, form, 'large');
    held.now--;
    return drawn;
  });
  for (const drawn of await Promise.all(draws)) expect([...drawn.subarray(0, 3)]).toEqual([255, 0, 0]);
  expect(held.most).toBe(1);
});
