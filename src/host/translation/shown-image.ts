/**
 * Image files as a page can show them. A browser decodes what it knows itself, in its own process; other formats and
 * large files are decoded here, reduced and encoded as PNG.
 */
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { DECODING_SECONDS, withPicture } from '../../data/images/draw-picture';
import { PictureError } from '../../data/images/picture';
import { describeError } from '../../shared/errors';
import { verbatim } from '../../shared/localizable-text';
import type { ShownImage } from '../../shared/translation-protocol';

/** What browsers know, by ending. */
const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.bmp': 'image/bmp',
  '.svg': 'image/svg+xml',
};
/** Larger files would keep the page waiting. */
const MAX_BYTES = 32 * 2 ** 20;
/** Longest side of what is decoded here: more than a screen shows. */
const MAX_SIDE = 4096;

export async function shownImage(path: string): Promise<ShownImage> {
  try {
    const type = TYPES[extname(path).toLowerCase()];
    const isShown = type !== undefined && (await stat(path)).size <= MAX_BYTES;
    // VS Code hands over arrays of bytes to a page, but not a subclass of them such as `Buffer`.
    const bytes = new Uint8Array(isShown ? await readFile(path) : await reduced(path));
    return { bytes, type: isShown ? type : 'image/png' };
  } catch (error) {
    return { reason: error instanceof PictureError ? error.reason : verbatim(describeError(error)) };
  }
}

async function reduced(file: string): Promise<Uint8Array> {
  return await withPicture({ file }, async (open) =>
    open()
      .timeout({ seconds: DECODING_SECONDS })
      .autoOrient()
      .resize(MAX_SIDE, MAX_SIDE, { fit: 'inside', withoutEnlargement: true })
      .png()
      .toBuffer(),
  );
}
