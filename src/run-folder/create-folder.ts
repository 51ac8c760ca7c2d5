/** Numbered folders in `gan-runs`; numbers are unique even if several processes create runs concurrently. */
import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localizable } from '../shared/localizable-text';
import { RUN_FILES } from '../shared/run-format';
import { createFolder, readFolder } from '../storage/durable-file';
import { errorCode, storageError } from '../storage/storage-error';

const NUMBER_WIDTH = 5;
const RUN_FOLDER_NAME = /^(\d{5,})-/;

/** Number in the name of a run folder, or undefined for any other name. */
export function runNumber(folderName: string): number | undefined {
  const digits = RUN_FOLDER_NAME.exec(folderName)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A name valid on all file systems: the experiment's name reduced to lower case letters, digits and hyphens. */
function slug(experiment: string): string {
  const words = experiment
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .match(/[\p{Letter}\p{Number}]+/gu);
  return (words ?? ['run']).join('-').slice(0, 60);
}

async function highestNumber(runsFolder: string): Promise<number> {
  return (await readFolder(runsFolder)).reduce((highest, name) => Math.max(highest, runNumber(name) ?? 0), 0);
}

async function makeFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Trained runs are not source code: keeps the contents of `gan-runs` out of the enclosing repository. */
async function prepareRunsFolder(runsFolder: string): Promise<void> {
  await createFolder(runsFolder);
  try {
    await writeFile(join(runsFolder, '.gitignore'), '*\n', { flag: 'wx' });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

/** The process that creates the reservation owns the number until the folder itself shows that the number is taken. */
async function createWithNumber(
  runsFolder: string,
  number: number,
  name: string,
): Promise<string | undefined> {
  const digits = String(number).padStart(NUMBER_WIDTH, '0');
  const reservation = join(runsFolder, `.reserved-${digits}`);
  if (!(await makeFolder(reservation))) return undefined;
  try {
    if ((await highestNumber(runsFolder)) >= number) return undefined;
    const path = join(runsFolder, `${digits}-${name}`);
    return (await makeFolder(path)) ? path : undefined;
  } finally {
    await rmdir(reservation);
  }
}

/**
 * Creates `<parent>/<next number>-<name>` with empty sub-folders, and `parent` itself if missing; returns its path.
 * Throws `StorageError`.
 *
 * @param subfolders those of a run by default
 */
export async function createNumberedFolder(
  parent: string,
  name: string,
  subfolders: readonly string[] = [RUN_FILES.samples, RUN_FILES.checkpoints, RUN_FILES.control],
): Promise<string> {
  try {
    await prepareRunsFolder(parent);
    for (let number = (await highestNumber(parent)) + 1; ; number++) {
      const path = await createWithNumber(parent, number, slug(name));
      if (path === undefined) continue;
      for (const subfolder of subfolders) await mkdir(join(path, subfolder));
      return path;
    }
  } catch (error) {
    throw storageError(localizable('create a run folder in {0}', parent), error);
  }
}
