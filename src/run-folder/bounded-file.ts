/** Reads files of run folders that others may have made: what is far too large is not loaded to find out what it is. */
import { readFile, stat } from 'node:fs/promises';
import { localizable } from '../shared/localizable-text';
import { RESTORE_FILE, RunFolderError } from './errors';

/** The whole file. Throws `RunFolderError` where it is larger or no regular file, and what the file system throws. */
export async function readBounded(path: string, mostBytes: number): Promise<Buffer> {
  const info = await stat(path);
  // Reading a pipe would wait for whoever writes into it.
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
