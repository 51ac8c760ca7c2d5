import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withFlippedBit } from '../../../test/support/flipped-bit';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { DataError } from '../data-error';
import { openNumpy } from './npy';

const PIXELS = Uint8Array.from({ length: 64 }, (_, i) => (37 * i) % 256);
const DICTIONARY = `{'descr': '|u1', 'fortran_order': False, 'shape': (4, 4, 4), }`;
const ARRAY = Buffer.concat([
  Buffer.from(`\x93NUMPY\x01\x00\x76\x00${DICTIONARY.padEnd(117)}\n`, 'latin1'),
  PIXELS,
]);
const STORED = 0;
const COMPRESSED = 6;
/** Offset in a directory entry. */
const UNCOMPRESSED_SIZE_AT = 24;

let folder = '';
beforeEach(async () => {
  folder = await temporaryFolder();
  vi.stubEnv('GAN_WORKBENCH_CACHE', join(folder, 'cache'));
});
afterEach(() => vi.unstubAllEnvs());

function archive(level: 0 | 6): Buffer {
  return Buffer.from(zipSync({ 'x.npy': ARRAY }, { level }));
}

/** Undefined if there is no array of that name. */
async function valuesIn(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const file = join(folder, 'images.npz');
  await writeFile(file, bytes);
  const { arrays, close } = await openNumpy(file);
  try {
    const values = await arrays.get('x')?.values(0, PIXELS.length);
    return values && Uint8Array.from(values);
  } finally {
    await close();
  }
}

it('says why it cannot be unpacked, with one full stop', async () => {
  const bytes = archive(STORED);
  // Without the record that ends every zip archive.
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  bytes.fill(0, end, end + 4);
  await expect(valuesIn(bytes)).rejects.toThrow(/images\.npz cannot be unpacked: .*truncated\.(?!\.)/);
});

describe.each([
  ['stored', STORED],
  ['compressed', COMPRESSED],
] as const)('an archive with a %s member', (_what, level) => {
  it('is read', async () => {
    expect(await valuesIn(archive(level))).toEqual(PIXELS);
  });

  it('gives no other values and no other error, wherever a bit flipped', async () => {
    const good = archive(level);
    for (let byte = 0; byte < good.length; byte++) {
      const values = await valuesIn(withFlippedBit(good, 8 * byte + (byte % 8))).catch((error: unknown) => {
        expect(error, `byte ${byte}`).toBeInstanceOf(DataError);
        return undefined;
      });
      if (values !== undefined) expect(values, `byte ${byte}`).toEqual(PIXELS);
    }
  });

  it('is refused by name when its directory promises more than memory takes', async () => {
    const bytes = archive(level);
    const at = bytes.indexOf('PK\x01\x02', 0, 'latin1') + UNCOMPRESSED_SIZE_AT;
    bytes.writeUInt32LE(0x7fff_0000, at);
    await expect(valuesIn(bytes)).rejects.toThrow(/images\.npz/);
    await expect(valuesIn(bytes)).rejects.toThrow(DataError);
    expect(await readdir(join(folder, 'cache', 'decoded')).catch(() => [])).toEqual([]);
  });
});

it('names the member whose bytes are not those that were saved', async () => {
  const bytes = archive(STORED);
  const pixel = bytes.indexOf(PIXELS.subarray(0, 16)) + 5;
  await expect(valuesIn(withFlippedBit(bytes, 8 * pixel))).rejects.toThrow(
    'images.npz (x.npy) is damaged: its contents do not match their checksum (CRC-32).',
  );
});
