import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DataError } from '../data-error';
import { openDecoded } from './cache';

const content = Buffer.from(
  Array.from({ length: 5000 }, (_, i) => createHash('md5').update(`${i}`).digest('hex')).join(''),
);
let folder = '';
let source = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cache-'));
  source = join(folder, 'source.gz');
  writeFileSync(source, gzipSync(content));
  vi.stubEnv('GAN_WORKBENCH_CACHE', join(folder, 'cache'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const decodedFolder = (): string => join(folder, 'cache', 'decoded');

function decodedFile(): string {
  const names = readdirSync(decodedFolder());
  expect(names).toHaveLength(1);
  return join(decodedFolder(), names[0] ?? '');
}

async function contentOf(file: string): Promise<Buffer> {
  const bytes = await openDecoded(file);
  const all = Buffer.alloc(bytes.size);
  await bytes.read(all, 0);
  await bytes.close();
  return all;
}

describe('a gzipped file', () => {
  it('is decoded once and then read from the cache', async () => {
    expect((await contentOf(source)).equals(content)).toBe(true);
    const decoded = decodedFile();
    // Decoding again would change the copy's modification time.
    utimesSync(decoded, 1000, 1000);
    expect((await contentOf(source)).equals(content)).toBe(true);
    expect(statSync(decoded).mtimeMs).toBe(1_000_000);
    expect(readFileSync(decoded).subarray(12).equals(content)).toBe(true);
    const bytes = await openDecoded(source);
    const part = Buffer.alloc(7);
    await bytes.read(part, 1234);
    expect(part.equals(content.subarray(1234, 1241))).toBe(true);
  });

  it.each([
    ['cut off', (file: string) => truncateSync(file, 1000)],
    ['cut off in its header', (file: string) => truncateSync(file, 3)],
    ['empty', (file: string) => truncateSync(file, 0)],
    [
      'changed in one bit',
      (file: string) => {
        const bytes = readFileSync(file);
        bytes[777] = (bytes[777] ?? 0) ^ 1;
        writeFileSync(file, bytes);
      },
    ],
    ['of another program', (file: string) => writeFileSync(file, Buffer.alloc(40))],
  ])('is decoded again where the copy is %s', async (_, damage) => {
    await contentOf(source);
    damage(decodedFile());
    expect((await contentOf(source)).equals(content)).toBe(true);
    expect(readFileSync(decodedFile()).subarray(12).equals(content)).toBe(true);
  });

  it('is decoded again when it has changed', async () => {
    await contentOf(source);
    writeFileSync(source, gzipSync(content.subarray(0, 100)));
    expect((await contentOf(source)).equals(content.subarray(0, 100))).toBe(true);
  });

  it('may be opened by several at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => contentOf(source)));
    expect(all.every((bytes) => bytes.equals(content))).toBe(true);
    expect(readdirSync(decodedFolder()).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('takes away what a decoding that was killed long ago has left, and nothing else', async () => {
    mkdirSync(decodedFolder(), { recursive: true });
    const old = join(decodedFolder(), 'old.tmp');
    const young = join(decodedFolder(), 'young.tmp');
    writeFileSync(old, '');
    writeFileSync(young, '');
    utimesSync(old, 1000, 1000);
    await contentOf(source);
    expect(readdirSync(decodedFolder()).filter((name) => name.endsWith('.tmp'))).toEqual(['young.tmp']);
  });

  it.each([
    ['is truncated', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
    [
      'is damaged',
      (bytes: Buffer) => {
        const changed = Buffer.from(bytes);
        changed.fill(0xff, changed.length >> 1, (changed.length >> 1) + 40);
        return changed;
      },
    ],
  ])('that %s is named with the byte, and leaves nothing in the cache', async (fault, harm) => {
    writeFileSync(source, harm(gzipSync(content)));
    const opened = openDecoded(source);
    await expect(opened).rejects.toThrow(DataError);
    await expect(opened).rejects.toThrow(`${source} ${fault}`);
    await expect(opened).rejects.toThrow(/past byte \d+ of the content/);
    expect(readdirSync(decodedFolder())).toEqual([]);
  });
});

it('blames the cache, not the file, where the cache cannot be written', async () => {
  writeFileSync(join(folder, 'cache'), 'a file where the folder should be');
  const opened = openDecoded(source);
  await expect(opened).rejects.toThrow(`to the cache ${decodedFolder()}`);
  await expect(opened).rejects.toMatchObject({ remedy: expect.stringContaining('GAN_WORKBENCH_CACHE') });
});

it('reads a file that is not gzipped in place', async () => {
  writeFileSync(source, content);
  expect((await contentOf(source)).equals(content)).toBe(true);
  expect(() => readdirSync(join(folder, 'cache'))).toThrow('ENOENT');
});
