import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { readTarget } from './target-image';

it('takes the centre of an image at the proportions of the generator', async () => {
  const file = join(await temporaryFolder(), 'a.png');
  // Four rows, each in a shade of its own.
  const data = Uint8Array.from({ length: 16 }, (_, i) => [0, 51, 102, 255][Math.floor(i / 4)] ?? 0);
  await writeFile(file, encode({ width: 4, height: 4, channels: 1, data }));
  const wide = await readTarget(file, { kind: 'image', height: 2, width: 4, channels: 1 });
  expect(wide.shape).toEqual([1, 2, 4, 1]);
  expect([...wide.data].map((value) => value.toFixed(2))).toEqual([
    ...Array(4).fill('-0.60'),
    ...Array(4).fill('-0.20'),
  ]);
  const square = await readTarget(file, { kind: 'image', height: 4, width: 4, channels: 3 });
  expect(square.shape).toEqual([1, 4, 4, 3]);
  expect([square.data[0], square.data.at(-1)]).toEqual([-1, 1]);
});
