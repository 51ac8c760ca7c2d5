/**
 * Files that are either complete or absent, whatever kills the process or the machine: written under a temporary name,
 * flushed and renamed atomically, then the folder is flushed.
 */
import { open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { localizable } from '../shared/localizable-text';
import { makeFolders } from '../shared/make-folders';
import { errorCode, storageError } from './storage-error';

const TEMPORARY = /^\..+\.tmp$/;

/** Makes renames and removals in a folder survive a power loss. Windows cannot open folders, and does not need this. */
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
 * Creates or replaces `path` with the concatenation of `chunks`; streams are written piece by piece. On failure the old
 * file is intact and nothing else is left behind. Throws `StorageError`.
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
    // A failed cleanup must not hide the write error; the folder's next writer removes the file.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw storageError(localizable('write {0}', path), error);
  }
}

/** Creates a folder and its parents; does nothing if it exists. Throws `StorageError`. */
export async function createFolder(path: string): Promise<void> {
  try {
    await makeFolders(path);
  } catch (error) {
    throw storageError(localizable('create the folder {0}', path), error);
  }
}

/** Removes partial files left in a folder by a killed writer. Only the folder's sole writer may call this. */
export async function removeTemporaryFiles(folder: string): Promise<void> {
  for (const name of await readFolder(folder)) {
    if (TEMPORARY.test(name)) await rm(join(folder, name), { force: true });
  }
}

/** Names in a folder, sorted; empty if the folder does not exist. Throws `StorageError` if it cannot be read. */
export async function readFolder(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw storageError(localizable('read the folder {0}', folder), error);
  }
}
