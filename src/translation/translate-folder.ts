/** Translates all images of a folder into another, one at a time; those that cannot be used are skipped and listed. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { DataError, type Skipped } from '../data/data-error';
import { PictureError } from '../data/images/picture';
import { scanFolder } from '../data/images/scan-folder';
import { localizable } from '../shared/localizable-text';
import { csvRow } from '../storage/csv';

/**
 * Reads one image and writes another; returns the share that each class of a label map takes. `name` is that of the image
 * inside its folder.
 */
export type TranslateFile = (
  from: string,
  to: string,
  name: string,
) => Promise<readonly number[] | undefined>;

export interface FolderTranslation {
  readonly count: number;
  readonly skipped: readonly Skipped[];
}

export interface FolderOptions {
  readonly from: string;
  /** An empty folder that exists. */
  readonly to: string;
  /** Names of the classes of a label map. */
  readonly classes: readonly string[];
  readonly signal: AbortSignal;
  report(done: number, total: number): void;
  /** Names inside the two folders, with forward slashes. */
  onTranslated?(from: string, to: string): void;
}

/** Table of the shares of classes, beside the images. */
const AREAS_FILE = 'areas.csv';

/**
 * Images keep their names and sub-folders, and become PNG files. Throws `DataError` if the folder cannot be read or no
 * image in it can be used, and the signal's reason if aborted.
 */
export async function translateFolder(
  translate: TranslateFile,
  { from, to, classes, signal, report, onTranslated }: FolderOptions,
): Promise<FolderTranslation> {
  const { files, unusable } = await scanFolder(from, signal);
  const skipped = [...unusable];
  const rows: string[] = [];
  const taken = new Set<string>();
  let done = 0;
  for (const { name, path } of files) {
    signal.throwIfAborted();
    const target = freeName(name, taken);
    try {
      const place = join(to, ...target.split('/'));
      await mkdir(dirname(place), { recursive: true });
      const shares = await translate(path, place, name);
      taken.add(target.toLowerCase());
      onTranslated?.(name, target);
      if (shares !== undefined) rows.push(csvRow([target, ...shares.map((share) => share.toFixed(6))]));
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      skipped.push({ name, reason: error.reason });
    }
    report(++done, files.length);
  }
  if (taken.size === 0) throw nothingIn(from, skipped);
  if (rows.length > 0)
    await writeFile(join(to, AREAS_FILE), [csvRow(['image', ...classes]), ...rows].join(''));
  return { count: taken.size, skipped };
}

/** `a.jpg` becomes `a.png`, or `a.jpg.png` where there is an `a.png` already, in capitals or not. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  const short = `${name.slice(0, -extname(name).length)}.png`;
  return taken.has(short.toLowerCase()) ? `${name}.png` : short;
}

function nothingIn(folder: string, [first]: readonly Skipped[]): DataError {
  return first === undefined
    ? new DataError(localizable('There are no images in {0}.', folder), localizable('Choose another folder.'))
    : new DataError(
        localizable('No image in {0} can be used. {1}: {2}', folder, first.name, first.reason),
        localizable('Choose another folder, or repair its images.'),
      );
}
