/** Decodes compressed files once, into a cache folder, so that training can read them at random. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { describeError } from '../../shared/errors';
import { DataError } from '../data-error';

/** `GAN_WORKBENCH_CACHE`, or the user's cache folder. */
export function cacheFolder(): string {
  const set = process.env.GAN_WORKBENCH_CACHE;
  if (set !== undefined && set !== '') return set;
  if (process.platform === 'win32' && process.env.LOCALAPPDATA)
    return join(process.env.LOCALAPPDATA, 'gan-workbench');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'gan-workbench');
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'gan-workbench');
}

/** First two bytes of a gzip file. */
async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const magic = new Uint8Array(2);
    await handle.read(magic, 0, 2, 0);
    return magic[0] === 0x1f && magic[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

/** The file itself, or where it is gzipped its decoded copy in the cache, made now if it is not there. */
export async function decodedFile(file: string): Promise<string> {
  const info = await statOf(file);
  if (!(await isGzip(file))) return file;
  const key = createHash('sha256')
    .update(`${file}\0${info.size}\0${info.mtimeMs}`)
    .digest('hex')
    .slice(0, 32);
  const folder = join(cacheFolder(), 'decoded');
  const target = join(folder, `${key}.bin`);
  // Only a complete file ever gets this name.
  if (await exists(target)) return target;
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `${key}.${randomUUID()}.tmp`);
  try {
    await pipeline(createReadStream(file), createGunzip(), createWriteStream(temporary));
    const handle = await open(temporary, 'r+');
    await handle.sync();
    await handle.close();
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new DataError(
      `${file} cannot be decompressed: ${describeError(error)}.`,
      'The file is damaged or incomplete; get it again.',
      { cause: error },
    );
  }
  return target;
}

async function statOf(file: string): Promise<{ size: number; mtimeMs: number }> {
  try {
    const info = await stat(file);
    if (info.isDirectory())
      throw new DataError(`${file} is a folder, not a file.`, 'Name the file inside it.');
    return info;
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(
      `${file} cannot be read: ${describeError(error)}.`,
      'Check the path; a relative one is relative to the experiment file.',
      { cause: error },
    );
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
