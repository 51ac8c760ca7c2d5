import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { openNumpy } from '../data/images/npy';
import { npyBytes, writeNpz } from './numpy';

const bytes = (values: Float32Array | BigInt64Array) => new Uint8Array(values.buffer);
const images = () => ({
  kind: 'u1' as const,
  shape: [2, 2, 3, 1],
  chunks: [Uint8Array.of(1, 2, 3, 4, 5, 6), Uint8Array.of(7, 8, 9, 10, 11, 255)],
});

it('writes arrays that the reader of datasets gives back', async () => {
  const file = join(await temporaryFolder(), 'a.npz');
  const labels = { kind: 'i8' as const, shape: [2], chunks: [bytes(BigInt64Array.of(3n, -1n))] };
  await writeNpz(file, { arr_0: images(), arr_1: labels });
  const { arrays, close } = await openNumpy(file);
  expect([...arrays.keys()]).toEqual(['arr_0', 'arr_1']);
  expect(arrays.get('arr_0')).toMatchObject({ shape: [2, 2, 3, 1], kind: 'u1' });
  expect([...((await arrays.get('arr_0')?.values(4, 8)) ?? [])]).toEqual([5, 6, 7, 8, 9, 10, 11, 255]);
  expect([...((await arrays.get('arr_1')?.values(0, 2)) ?? [])]).toEqual([3, -1]);
  await close();
});

it('writes the same bytes for the same arrays', async () => {
  const folder = await temporaryFolder();
  const files = ['a.npz', 'b.npz'].map((name) => join(folder, name));
  for (const file of files) await writeNpz(file, { arr_0: images() });
  const [a, b] = await Promise.all(files.map((file) => readFile(file)));
  expect(a).toEqual(b);
});

it('aligns the values of a file to 64 bytes', async () => {
  const file = join(await temporaryFolder(), 'a.npy');
  const parts = [];
  const array = { kind: 'f4' as const, shape: [2], chunks: [bytes(Float32Array.of(1.5, -2))] };
  for await (const part of npyBytes(array)) parts.push(part);
  await writeFile(file, Buffer.concat(parts));
  expect(parts[0]?.length).toBe(128);
  const { arrays, close } = await openNumpy(file);
  expect([...((await arrays.get('')?.values(0, 2)) ?? [])]).toEqual([1.5, -2]);
  await close();
});

it('passes on what goes wrong while the values are made', async () => {
  const file = join(await temporaryFolder(), 'a.npz');
  async function* broken() {
    yield Uint8Array.of(1);
    throw new Error('no more');
  }
  await expect(writeNpz(file, { arr_0: { ...images(), chunks: broken() } })).rejects.toThrow('no more');
});
