/** Which animated picture an export writes, by the ending of its path. */
import { extname } from 'node:path';
import type { AnimationEncoding } from '../data/images/encode-animation';
import { localizable } from '../shared/localizable-text';
import { ExportError } from './exporter';

/** Throws `ExportError` if the path ends in neither `.webp` nor `.gif`. */
export function animationEncoding(path: string): AnimationEncoding {
  const ending = extname(path).toLowerCase();
  if (ending === '.webp') return 'webp';
  if (ending === '.gif') return 'gif';
  throw new ExportError(
    localizable('Animations cannot be written as {0} files.', ending),
    localizable('Pass a path that ends in .webp or .gif.'),
  );
}
