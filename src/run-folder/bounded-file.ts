/** Reads files of run folders that others may have made: what is far too large is not loaded to find out what it is. */
import { readFile, stat } from 'node:fs/promises';
import { said } from '../shared/said';
import { RESTORE_FILE, RunFolderError } from './errors';

/** The whole file. Throws `RunFolderError` where it is larger, and what the file system throws. */
export async function readBounded(path: string, mostBytes: number): Promise<Buffer> {
  const { size } = await stat(path);
  if (size > mostBytes)
    throw new RunFolderError(
      said('{0} has {1} bytes, far more than expected for this file.', path, size),
      RESTORE_FILE,
    );
  return await readFile(path);
}
