/**
 * Makes a folder and those above it. Node.js's own `mkdir` with `recursive` never returns where the system says of a
 * new folder in an existing one that it does not exist, as Linux does under `/proc`: it tries again for ever.
 */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Does nothing where the folder exists. Throws what the system says. */
export async function makeFolders(path: string): Promise<void> {
  const failure = await tryToMake(path);
  if (failure === undefined) return;
  const parent = dirname(path);
  if (failure.code !== 'ENOENT' || parent === path) throw failure;
  await makeFolders(parent);
  const again = await tryToMake(path);
  if (again !== undefined) throw again;
}

async function tryToMake(path: string): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await mkdir(path);
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'EEXIST' ? undefined : error;
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
