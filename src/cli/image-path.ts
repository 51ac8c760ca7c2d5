/** The argument of commands that take an image or a folder of images. */
import { stat } from 'node:fs/promises';
import { DataError } from '../data/data-error';
import { localizable } from '../shared/localizable-text';

/** Throws `DataError` if nothing is there. */
export async function isFolderAt(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    throw new DataError(
      localizable('There is no file {0}.', path),
      localizable('Pass an image or a folder of images.'),
    );
  }
}
