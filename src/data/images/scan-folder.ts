/** Lists the images in a folder in a machine-independent order, and the files that cannot be used. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { localizable } from '../../shared/localizable-text';
import { RUNS_FOLDER } from '../../shared/run-format';
import { DataError, type Skipped } from '../data-error';
import { checkReadable, fileStamp, skipReason, unreadable } from '../file-error';
import { ImportCancelledError } from '../packed/make-pack';
import { PICTURE_EXTENSIONS } from './draw-picture';
import { PictureError } from './picture';

export interface ScannedFile {
  /** Path inside the folder, with forward slashes. */
  readonly name: string;
  readonly path: string;
  /** Changes with the contents. */
  readonly stamp: string;
}

export interface Scan {
  /** Ascending by name. */
  readonly files: readonly ScannedFile[];
  /** Images, or folders of images, that cannot be read. */
  readonly unusable: readonly Skipped[];
}

/** Directory entries processed concurrently: enough to keep a disk busy, few enough not to run out of open files. */
const PARALLEL = 32;

/**
 * Throws `DataError` if the folder itself cannot be read, and `ImportCancelledError` if aborted. Skips names that begin
 * with a dot, and the folders of runs: the output of a network is not training data.
 */
export async function scanFolder(folder: string, signal?: AbortSignal): Promise<Scan> {
  const info = await stat(folder).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  if (!info.isDirectory())
    throw new DataError(
      localizable('{0} is a file, not a folder.', folder),
      localizable('Specify the folder that contains it.'),
    );
  const root = await realpath(folder);
  const files: ScannedFile[] = [];
  const unusable: Skipped[] = [];

  const visitFile = async (name: string, isLink: boolean): Promise<void> => {
    const path = join(folder, ...name.split('/'));
    try {
      if (isLink && !(await realpath(path)).startsWith(root + sep))
        throw new PictureError(localizable('Links out of the folder are not followed'));
      const info = await stat(path, { bigint: true });
      // Opening a pipe would block until something writes to it.
      if (!info.isFile()) throw new PictureError(localizable('Link to something other than a file'));
      if (info.size === 0n) throw new PictureError(localizable('Empty file'));
      // The stamp does not cover permissions.
      await checkReadable(path);
      files.push({ name, path, stamp: fileStamp(info) });
    } catch (error) {
      unusable.push({ name, reason: error instanceof PictureError ? error.reason : skipReason(error) });
    }
  };

  const visitFolder = async (prefix: string): Promise<void> => {
    const entries = await readdir(join(folder, ...prefix.split('/')), { withFileTypes: true }).catch(
      (error: unknown) => {
        if (prefix === '') throw unreadable(folder, error);
        unusable.push({ name: prefix, reason: skipReason(error) });
        return [];
      },
    );
    const shown = entries.filter(({ name }) => !name.startsWith('.'));
    for (let i = 0; i < shown.length; i += PARALLEL) {
      if (signal?.aborted === true) throw new ImportCancelledError();
      await Promise.all(
        shown.slice(i, i + PARALLEL).map(async (entry) => {
          const name = prefix + entry.name;
          const isPicture = PICTURE_EXTENSIONS.has(extname(entry.name).toLowerCase());
          if (isPicture && (entry.isFile() || entry.isSymbolicLink()))
            await visitFile(name, entry.isSymbolicLink());
          else if (entry.isSymbolicLink() && (await isFolder(join(folder, ...name.split('/')))))
            unusable.push({ name, reason: localizable('Links to folders are not followed') });
        }),
      );
    }
    // One at a time, since a tree may be deep and wide.
    for (const entry of shown)
      if (entry.isDirectory() && entry.name !== RUNS_FOLDER) await visitFolder(`${prefix}${entry.name}/`);
  };

  await visitFolder('');
  const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
  return { files: files.sort(byName), unusable: unusable.sort(byName) };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}
