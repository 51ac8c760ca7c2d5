import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { shownImage } from './shown-image';

const grey = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#808080' } });

async function shown(path: string): Promise<{ readonly bytes: Uint8Array; readonly type: string }> {
  const image = await shownImage(path);
  if ('reason' in image) throw new Error('not shown');
  return image;
}

it('is the file itself where a browser knows the format', async () => {
  const file = join(await temporaryFolder(), 'a.WebP');
  await grey(5, 3).webp().toFile(file);
  const { bytes, type } = await shown(file);
  expect(type).toBe('image/webp');
  expect(Buffer.compare(bytes, await readFile(file))).toBe(0);
});

it('is a PNG of a format that browsers do not know, not larger than a screen', async () => {
  const file = join(await temporaryFolder(), 'a.tif');
  await grey(8192, 10).tiff().toFile(file);
  const { bytes, type } = await shown(file);
  expect(type).toBe('image/png');
  expect(bytes.constructor).toBe(Uint8Array);
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 4096, height: 5 });
});

it.each(['none.png', 'bad.tif'])('says why %s is not shown', async (name) => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'bad.tif'), 'no image');
  expect(await shownImage(join(folder, name))).toHaveProperty('reason');
});
