/**
 * Files that are either wholly there or not there at all, whatever kills the process or the machine: written under
 * a temporary name, flushed, renamed, and the folder flushed.
 */
import { open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { localizable } from '../shared/localizable-text';
import { makeFolders } from '../shared/make-folders';
import { errorCode, storageError } from './storage-error';

const TEMPORARY = /^\..+\.tmp$/;

/** Makes renames and removals inside a folder survive a loss of power. Windows cannot open folders and needs not. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Replaces or creates `path` with the concatenation of `chunks`; of one that is a stream a part is in memory at a time.
 * On failure the old file stands and nothing else is left behind. Throws `StorageError`.
 */
export async function writeFileDurably(
  path: string,
  ...chunks: readonly (Uint8Array | string | AsyncIterable<Uint8Array>)[]
): Promise<void> {
  const temporary = join(dirname(path), `.${crypto.randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      for (const chunk of chunks)
        if (typeof chunk === 'string' || chunk instanceof Uint8Array) await handle.writeFile(chunk);
        else for await (const part of chunk) await handle.writeFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    // Whatever keeps it from going must not hide why writing failed; the next writer of the folder removes it.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw storageError(localizable('write {0}', path), error);
  }
}

/** Makes a folder and those above it; does nothing where it exists. Throws `StorageError`. */
export async function createFolder(path: string): Promise<void> {
  try {
    await makeFolders(path);
  } catch (error) {
    throw storageError(localizable('create the folder {0}', path), error);
  }
}

/** Removes what a killed writer left half-written in a folder. Only the one writer of the folder may call it. */
export async function removeTemporaryFiles(folder: string): Promise<void> {
  for (const name of await readFolder(folder)) {
    if (TEMPORARY.test(name)) await rm(join(folder, name), { force: true });
  }
}

/** Names in a folder, sorted; none if there is no such folder. Throws `StorageError` if it cannot be read. */
export async function readFolder(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw storageError(localizable('read the folder {0}', folder), error);
  }
}
