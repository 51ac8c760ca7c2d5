/**
 * Output at a place of the user's choice, a file or a folder: made under a temporary name on the same file system and
 * moved there when it is complete, so that a failure leaves nothing half-written.
 */
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WorkbenchError } from '../shared/errors';
import { localizable } from '../shared/localizable-text';
import { readFolder } from './durable-file';
import { errorCode, storageError } from './storage-error';

/** Something is at the place already. */
export class OccupiedError extends WorkbenchError {}

export interface OutputPlace {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** Replaces an existing file, and the files of the same names in an existing folder. */
  readonly replaces: boolean;
}

/**
 * Throws `OccupiedError` before anything is written, and `StorageError`.
 *
 * @param write fills the temporary path: creates the file, or writes into the folder, which exists
 */
export async function writeOutput(
  place: OutputPlace,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const { path, kind } = place;
  const isMerged = (await requireFree(place)) && kind === 'folder';
  const temporary = isMerged
    ? join(path, `.${crypto.randomUUID()}.tmp`)
    : join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}.tmp`);
  try {
    if (kind === 'folder') await mkdir(temporary);
    await write(temporary);
    if (isMerged) await mergeFolder(temporary, path);
    else await rename(temporary, path);
  } catch (error) {
    // A failed cleanup must not hide the error.
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw errorCode(error) === undefined ? error : storageError(localizable('write {0}', path), error);
  }
}

/** Returns whether there is something at the place, which may be written over. */
async function requireFree({ path, kind, replaces }: OutputPlace): Promise<boolean> {
  const found = await kindOf(path);
  if (found === undefined) {
    await requireFolder(dirname(path));
    return false;
  }
  if (found !== kind)
    throw new OccupiedError(
      kind === 'file'
        ? localizable('{0} is a folder.', path)
        : localizable('{0} is a file, and the output is a folder.', path),
      localizable('Choose another path.'),
    );
  if (replaces || (kind === 'folder' && (await readFolder(path)).length === 0)) return true;
  throw new OccupiedError(
    kind === 'file'
      ? localizable('{0} already exists.', path)
      : localizable('The folder {0} is not empty.', path),
    localizable('Choose another path.'),
    { commandLineRemedy: localizable('Choose another path, or pass --force to replace its files.') },
  );
}

async function kindOf(path: string): Promise<OutputPlace['kind'] | undefined> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw storageError(localizable('write {0}', path), error);
  }
}

/** Before any work is done, and whatever writes the file: not everything that does reports the system's error codes. */
async function requireFolder(path: string): Promise<void> {
  try {
    await stat(path);
  } catch (error) {
    throw storageError(localizable('write into {0}', path), error);
  }
}

/** Merges into a folder that exists and remains, as a shell may be in it; nothing else in it is touched. */
async function mergeFolder(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory() && (await kindOf(target)) === 'folder') await mergeFolder(source, target);
    else await rename(source, target);
  }
  await rm(from, { recursive: true });
}
