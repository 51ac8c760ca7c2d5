import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bytesFrom, openBytes } from './bytes';

let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bytes-'));
  file = join(folder, 'data');
  writeFileSync(
    file,
    Uint8Array.from({ length: 100 }, (_, i) => i),
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['in memory', 100],
  ['in place', 99],
])('%s: the bytes at an offset, and those of a part of the file', async (_, inMemoryBytes) => {
  const bytes = await openBytes(file, inMemoryBytes);
  expect(bytes.size).toBe(100);
  const target = new Uint8Array(3);
  await bytes.read(target, 97);
  expect(Array.from(target)).toEqual([97, 98, 99]);
  const part = bytesFrom(bytes, 40);
  expect(part.size).toBe(60);
  await part.read(target, 1);
  expect(Array.from(target)).toEqual([41, 42, 43]);
  await bytes.close();
  await bytes.close();
});

it('says so when a file that is read in place has become shorter', async () => {
  const bytes = await openBytes(file, 10);
  truncateSync(file, 50);
  await expect(bytes.read(new Uint8Array(20), 40)).rejects.toThrow(`${file} now ends at byte 50`);
  await bytes.close();
});
