/** Reads files of run folders that others may have made: what is far too large is not loaded to find out what it is. */
import { readFile, stat } from 'node:fs/promises';
import { RunFolderError } from './errors';

/** The whole file. Throws `RunFolderError` where it is larger, and what the file system throws. */
export async function readBounded(path: string, mostBytes: number): Promise<Buffer> {
  const { size } = await stat(path);
  if (size > mostBytes)
    throw new RunFolderError(
      `${path} has ${size} bytes, far more than any such file of a run.`,
      'Run folders are never edited by hand; bring the file back from a copy, or delete the run.',
    );
  return await readFile(path);
}
