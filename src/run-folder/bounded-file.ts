/**
 * Reads files of run folders, which are untrusted input: files that are far too large are rejected without loading
 * them.
 */
import { readFile, stat } from 'node:fs/promises';
import { localizable } from '../shared/localizable-text';
import { RESTORE_FILE, RunFolderError } from './errors';

/** The whole file. Throws `RunFolderError` if it is too large or not a regular file, and any file system error. */
export async function readBounded(path: string, mostBytes: number): Promise<Buffer> {
  const info = await stat(path);
  // Reading from a pipe would block until something writes to it.
  if (!info.isFile())
    throw new RunFolderError(
      localizable('{0} is not a regular file.', path),
      localizable('Delete it; it is not part of the run.'),
    );
  const { size } = info;
  if (size > mostBytes)
    throw new RunFolderError(
      localizable('{0} has {1} bytes, far more than expected for this file.', path, size),
      RESTORE_FILE,
    );
  return await readFile(path);
}
