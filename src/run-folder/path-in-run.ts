/**
 * Resolves paths inside a run folder, which is untrusted input from a colleague, a cluster or an archive. A link that
 * leads outside must neither be read as part of the run nor written through.
 */
import { lstat, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { localizable } from '../shared/localizable-text';
import { errorCode, storageError } from '../storage/storage-error';
import { RunFolderError } from './errors';

/** Whether a path leads to the folder or into it, by name alone: links are not followed. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** The resolved path, or undefined if nothing exists there. A dangling link counts as leading elsewhere. */
async function destination(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    // If part of the path is a file, the subsequent read reports it.
    if (errorCode(error) === 'ENOTDIR') return undefined;
    if (errorCode(error) !== 'ENOENT') throw storageError(localizable('follow {0}', path), error);
  }
  const link = await lstat(path).catch(() => undefined);
  if (link === undefined) return undefined;
  // If it is not a link, another process has created it in the meantime.
  return link.isSymbolicLink() ? '(nowhere)' : await destination(path);
}

/**
 * The path of an entry of `folder`, which may not exist. Throws `RunFolderError` if a link on the way leads out of the
 * folder or is dangling, and `StorageError`.
 */
export async function pathInRun(folder: string, ...names: readonly string[]): Promise<string> {
  const path = join(folder, ...names);
  const root = await destination(folder);
  if (root === undefined) return path;
  for (let part = path; part !== folder && part !== dirname(part); part = dirname(part)) {
    const real = await destination(part);
    if (real === undefined) continue;
    if (isWithin(root, real)) return path;
    throw new RunFolderError(
      localizable('{0} is a link to {1}, outside {2}.', part, real, folder),
      localizable('Replace the link with a copy of its target, or delete it.'),
    );
  }
  return path;
}
