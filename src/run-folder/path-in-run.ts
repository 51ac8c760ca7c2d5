/**
 * Paths inside a folder that others may have made: a run folder comes from a colleague, a cluster, an archive. A link
 * in it that leads elsewhere must neither be read as part of the run nor written through.
 */
import { lstat, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { localizable } from '../shared/localizable-text';
import { errorCode, storageError } from '../storage/storage-error';
import { RunFolderError } from './errors';

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** Where a path leads, or undefined where there is nothing yet. A link to nothing leads somewhere, too. */
async function destination(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    // A part of the path that is a file is said by whoever goes on to read it.
    if (errorCode(error) === 'ENOTDIR') return undefined;
    if (errorCode(error) !== 'ENOENT') throw storageError(localizable('follow {0}', path), error);
  }
  const link = await lstat(path).catch(() => undefined);
  if (link === undefined) return undefined;
  // What is no link has been made since: another process writes into the folder.
  return link.isSymbolicLink() ? '(nowhere)' : await destination(path);
}

/**
 * The path of something in `folder`, which need not be there. Throws `RunFolderError` where a link on the way leads
 * out of the folder or to nothing, `StorageError`.
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
