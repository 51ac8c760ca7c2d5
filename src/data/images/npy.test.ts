import { open, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
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
