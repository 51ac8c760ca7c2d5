/**
 * Reads files of run folders, which are untrusted input: files that are far too large are rejected without loading
 * them.
 */
import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { localizable } from '../shared/localizable-text';
import { RESTORE_FILE, RunFolderError } from './errors';

/** Throws `RunFolderError` if it is not a regular file: a pipe would block its reader until something writes to it. */
export async function requireFile(path: string): Promise<Stats> {
  const info = await stat(path);
  if (info.isFile()) return info;
  throw new RunFolderError(
    localizable('{0} is not a regular file.', path),
    localizable('Delete it, and restore the original from a backup if the run had one.'),
  );
}

/** The whole file. Throws `RunFolderError` if it is too large or not a regular file, and any file system error. */
export async function readBounded(path: string, mostBytes: number): Promise<Buffer> {
  const { size } = await requireFile(path);
  if (size > mostBytes)
    throw new RunFolderError(
      localizable('{0} has {1} bytes, far more than expected for this file.', path, size),
      RESTORE_FILE,
    );
  return await readFile(path);
}
