/** Thumbnails of the newest samples of each run. */
import type { RunThumbnail } from '../../src/shared/runs-table-protocol';
import { element } from '../shared/dom';
import { formatCount } from '../shared/format';
import { t } from '../shared/texts';

interface Picture {
  source: string;
  title: string;
  /** A run has several where it is in several rows. */
  readonly images: HTMLImageElement[];
  /** Number of images in the table that is being made. */
  used: number;
}

/** By folder: rows are rebuilt when numbers change, images are not. */
const pictures = new Map<string, Picture>();

function pictureWith(folder: string): Picture {
  const picture = pictures.get(folder) ?? { source: '', title: '', images: [], used: 0 };
  pictures.set(folder, picture);
  return picture;
}

function fill(image: HTMLImageElement, { source, title }: Picture): void {
  image.hidden = source === '';
  if (image.hidden) return;
  image.src = source;
  image.alt = title;
  image.title = title;
}

export function receiveThumbnail(folder: string, { step, png }: RunThumbnail): void {
  const picture = pictureWith(folder);
  URL.revokeObjectURL(picture.source);
  picture.source = URL.createObjectURL(new Blob([Uint8Array.from(png)], { type: 'image/png' }));
  picture.title = t('Samples at step {0}', formatCount(step));
  for (const image of picture.images) fill(image, picture);
}

/** Call before the rows of a table are made. */
export function beginPictures(): void {
  for (const picture of pictures.values()) picture.used = 0;
}

/** Another image at each call for a table. Hidden until the host has sent one. */
export function pictureOf(folder: string): HTMLImageElement {
  const picture = pictureWith(folder);
  const known = picture.images[picture.used++];
  if (known !== undefined) return known;
  const made = element('img', { class: 'thumbnail', alt: '' });
  fill(made, picture);
  picture.images.push(made);
  return made;
}
