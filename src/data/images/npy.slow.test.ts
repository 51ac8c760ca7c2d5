import { open, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { openNumpy } from './npy';

it('reads values in place, of a file that is larger than memory may be', async () => {
  const file = join(await temporaryFolder(), 'large.npy');
  const images = 500_000;
  const dictionary = `{'descr': '|u1', 'fortran_order': False, 'shape': (${images}, 100, 100), }`;
  const header = Buffer.from(`\x93NUMPY\x01\x00\x76\x00${dictionary.padEnd(117)}\n`, 'latin1');
  await writeFile(file, header);
  await truncate(file, header.length + images * 100 * 100);
  const handle = await open(file, 'r+');
  await handle.write(Buffer.of(7, 8, 9), 0, 3, header.length + images * 100 * 100 - 3);
  await handle.close();
  const { arrays, close } = await openNumpy(file);
  const array = arrays.get('');
  expect(array?.shape).toEqual([images, 100, 100]);
  expect([...((await array?.values(images * 10_000 - 4, 4)) ?? [])]).toEqual([0, 7, 8, 9]);
  await close();
});

it('unpacks a large compressed member to the disk, where it is as long as the file is open', async () => {
  const folder = await temporaryFolder();
  vi.stubEnv('GAN_WORKBENCH_CACHE', join(folder, 'cache'));
  const images = 80 * 2 ** 20;
  const dictionary = `{'descr': '|u1', 'fortran_order': False, 'shape': (${images},), }`;
  const content = new Uint8Array(128 + images);
  content.set(Buffer.from(`\x93NUMPY\x01\x00\x76\x00${dictionary.padEnd(117)}\n`, 'latin1'));
  content[content.length - 1] = 9;
  const file = join(folder, 'large.npz');
  await writeFile(file, zipSync({ 'x.npy': content }, { level: 1 }));
  const { arrays, close } = await openNumpy(file);
  expect([...((await arrays.get('x')?.values(images - 2, 2)) ?? [])]).toEqual([0, 9]);
  expect(await readdir(join(folder, 'cache', 'decoded'))).toHaveLength(1);
  await close();
  expect(await readdir(join(folder, 'cache', 'decoded'))).toEqual([]);
  vi.unstubAllEnvs();
});
