/** Lists the pictures under a folder, in an order that does not depend on the machine, and what cannot be used. */
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
  /** Another content has another stamp. */
  readonly stamp: string;
}

export interface Scan {
  /** Ascending by name. */
  readonly files: readonly ScannedFile[];
  /** What looks like a picture, or a folder of them, and cannot be read. */
  readonly unusable: readonly Skipped[];
}

/** Directory entries looked at together: enough to keep a disk busy, few enough not to run out of open files. */
const PARALLEL = 32;

/**
 * Throws `DataError` where the folder itself cannot be read, and `ImportCancelledError` when it is aborted. Names that begin with a dot are passed over, and so are
 * the folders of runs: what a network has made is nothing to train it on.
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
      // Opening a pipe would wait for whoever writes into it.
      if (!info.isFile()) throw new PictureError(localizable('Link to something other than a file'));
      if (info.size === 0n) throw new PictureError(localizable('Empty file'));
      // The stamp says nothing of permission.
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
    // One after the other: a tree may be deep and wide.
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
