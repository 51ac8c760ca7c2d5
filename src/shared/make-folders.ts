/**
 * Creates a folder and its parents. Node.js's own `mkdir` with `recursive` retries forever where the system reports
 * ENOENT for a new folder in an existing one, as Linux does under `/proc`.
 */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

type MakeFolder = (path: string) => Promise<unknown>;

/** Does nothing if the folder exists. Throws the system error of the topmost folder that cannot be created. */
export async function makeFolders(path: string, make: MakeFolder = mkdir): Promise<void> {
  const failure = await tryToMake(path, make);
  if (failure === undefined) return;
  const parent = dirname(path);
  if (failure.code !== 'ENOENT' || parent === path) throw failure;
  await makeFolders(parent, make);
  const again = await tryToMake(path, make);
  if (again !== undefined) throw again;
}

async function tryToMake(path: string, make: MakeFolder): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await make(path);
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'EEXIST' ? undefined : error;
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
