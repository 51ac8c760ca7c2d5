/** Thumbnails of the newest samples of each run. */
import type { RunThumbnail } from '../../src/shared/runs-table-protocol';
import { element } from '../shared/dom';
import { formatCount } from '../shared/format';
import { t } from '../shared/texts';

/** By folder: rows are rebuilt when numbers change, images are not. */
const pictures = new Map<string, HTMLImageElement>();

export function receiveThumbnail(folder: string, { step, png }: RunThumbnail): void {
  const picture = pictureOf(folder);
  URL.revokeObjectURL(picture.src);
  picture.src = URL.createObjectURL(new Blob([Uint8Array.from(png)], { type: 'image/png' }));
  picture.alt = t('Samples at step {0}', formatCount(step));
  picture.title = picture.alt;
  picture.hidden = false;
}

/** Hidden until the host has sent one. */
export function pictureOf(folder: string): HTMLImageElement {
  const picture = pictures.get(folder) ?? element('img', { class: 'thumbnail', alt: '', hidden: true });
  pictures.set(folder, picture);
  return picture;
}
