/**
 * Decodes compressed files once, into a cache folder, so that training has random access to them.
 *
 * A decoded file is a header (`GANDECO1`, then the CRC-32 of the rest, little-endian) and the decoded bytes.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32, createGunzip } from 'node:zlib';
import { describeError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import { makeFolders } from '../../shared/make-folders';
import { DataError } from '../data-error';
import { errorCode, fileStamp, isFromSystem, statFile, unreadable } from '../file-error';
import { bytesFrom, IN_MEMORY_BYTES, openBytes, type PackedBytes } from './bytes';

const MAGIC = Buffer.from('GANDECO1', 'latin1');
const HEADER_BYTES = MAGIC.length + 4;
const CHUNK_BYTES = 1 << 18;
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;

/** Remedy if the cache cannot be written. */
export const CACHE_REMEDY = localizable(
  'Free up disk space or check the permissions, or set the environment variable GAN_WORKBENCH_CACHE to another folder.',
);

/** The error for a file that was just written but reads back differently. */
export function damagedCache(file: string): DataError {
  return new DataError(
    localizable('{0} was not written correctly.', file),
    localizable('Check the disk, then start again.'),
  );
}

/** `GAN_WORKBENCH_CACHE`, or the user's cache folder. */
export function cacheFolder(): string {
  const set = process.env.GAN_WORKBENCH_CACHE;
  if (set !== undefined && set !== '') return set;
  if (process.platform === 'win32' && process.env.LOCALAPPDATA)
    return join(process.env.LOCALAPPDATA, 'gan-workbench');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'gan-workbench');
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'gan-workbench');
}

/**
 * The bytes of `file`, or, if it is gzipped, of its decoded copy in the cache, created if missing or damaged. Safe to
 * call from several processes at once. Throws `DataError`.
 */
export async function openDecoded(file: string): Promise<PackedBytes> {
  const stamp = fileStamp(await statFile(file));
  if (!(await isGzip(file)))
    return await openBytes(file).catch((error: unknown) => {
      throw unreadable(file, error);
    });
  const key = createHash('sha256').update(`${file}\0${stamp}`).digest('hex').slice(0, 32);
  const folder = join(cacheFolder(), 'decoded');
  const target = join(folder, `${key}.bin`);
  try {
    const cached = await openIntact(target);
    if (cached !== undefined) return cached;
    await makeFolders(folder);
    await removeAbandoned(folder);
    const temporary = join(folder, `${key}.${randomUUID()}.tmp`);
    try {
      await decode(file, temporary);
      await rename(temporary, target);
    } finally {
      await rm(temporary, { force: true });
    }
    const decoded = await openIntact(target);
    if (decoded !== undefined) return decoded;
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(
      localizable('Cannot decode {0} to the cache {1}: {2}.', file, folder, describeError(error)),
      CACHE_REMEDY,
      { cause: error },
    );
  }
  throw damagedCache(target);
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw unreadable(file, error);
  });
  try {
    const magic = new Uint8Array(2);
    await handle.read(magic, 0, 2, 0);
    return magic[0] === 0x1f && magic[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

/** The decoded bytes, or undefined if missing or damaged. For a large file only the header is checked. */
async function openIntact(target: string): Promise<PackedBytes | undefined> {
  const bytes = await openBytes(target).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (bytes === undefined) return undefined;
  const header = Buffer.alloc(HEADER_BYTES);
  if (bytes.size >= HEADER_BYTES) await bytes.read(header, 0);
  const decoded = bytesFrom(bytes, HEADER_BYTES);
  if (header.subarray(0, MAGIC.length).equals(MAGIC)) {
    if (bytes.size > IN_MEMORY_BYTES) return decoded;
    const content = new Uint8Array(decoded.size);
    await decoded.read(content, 0);
    if (crc32(content) === header.readUInt32LE(MAGIC.length)) return decoded;
  }
  await bytes.close();
  return undefined;
}

/** Writes the decoded copy, with the header last, so that a partial file is never mistaken for a complete one. */
async function decode(file: string, temporary: string): Promise<void> {
  const handle = await open(temporary, 'wx');
  try {
    let size = 0;
    let crc = 0;
    for await (const chunk of decodedChunks(file, () => size)) {
      await writeAll(handle, chunk, HEADER_BYTES + size);
      crc = crc32(chunk, crc);
      size += chunk.length;
    }
    const header = Buffer.alloc(HEADER_BYTES);
    MAGIC.copy(header);
    header.writeUInt32LE(crc, MAGIC.length);
    await writeAll(handle, header, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @param done number of decoded bytes so far, for the message */
async function* decodedChunks(file: string, done: () => number): AsyncGenerator<Buffer> {
  const source = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  source.on('error', (error) => gunzip.destroy(unreadable(file, error)));
  try {
    for await (const chunk of source.pipe(gunzip)) yield chunk;
  } catch (error) {
    const code = errorCode(error);
    if (!code.startsWith('Z_')) throw error;
    const fault =
      code === 'Z_BUF_ERROR'
        ? localizable(
            '{0} is truncated: its gzip data cannot be decoded past byte {1} of the content ({2}).',
            file,
            done(),
            describeError(error),
          )
        : localizable(
            '{0} is damaged: its gzip data cannot be decoded past byte {1} of the content ({2}).',
            file,
            done(),
            describeError(error),
          );
    throw new DataError(fault, localizable('Download the file again.'), { cause: error });
  } finally {
    source.destroy();
  }
}

/** Spools the content to a cache file that is deleted on close. Throws the errors of the content. */
export async function onDiskMeanwhile(content: AsyncIterable<Uint8Array>): Promise<PackedBytes> {
  const folder = join(cacheFolder(), 'decoded');
  const file = join(folder, `${randomUUID()}.tmp`);
  try {
    await makeFolders(folder);
    await removeAbandoned(folder);
    await pipeline(content, createWriteStream(file, { flags: 'wx' }));
    const bytes = await openBytes(file);
    return {
      size: bytes.size,
      read: bytes.read,
      async close() {
        await bytes.close();
        await rm(file, { force: true });
      },
    };
  } catch (error) {
    await rm(file, { force: true });
    if (!isFromSystem(error)) throw error;
    throw new DataError(
      localizable('Cannot write to the cache {0}: {1}.', folder, describeError(error)),
      CACHE_REMEDY,
      {
        cause: error,
      },
    );
  }
}

export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}

/** Removes temporary files of processes that were killed while decoding. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.tmp')) continue;
    const path = join(folder, name);
    const info = await stat(path).catch(() => undefined);
    if (info !== undefined && Date.now() - info.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
  }
}
