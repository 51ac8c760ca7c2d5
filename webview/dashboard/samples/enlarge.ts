/**
 * Enlarges a grid of small images, crisp and with pixels of equal width. Nearest-neighbour scaling by a fractional
 * factor makes pixels of two widths, and smooth scaling blurs; so the image is first enlarged by the next integer
 * factor without smoothing and then shrunk slightly by the browser.
 */
import { context2d } from '../../shared/canvas';
import type { Room } from './viewer';

/** Keeps a grid of a few images from becoming a poster. */
const LARGEST_FACTOR = 16;

export function drawPicture(canvas: HTMLCanvasElement, picture: ImageBitmap, room: Room): void {
  const fit = Math.min(room.width / picture.width, room.height / picture.height, LARGEST_FACTOR);
  const factor = Math.max(1, Math.ceil(fit * devicePixelRatio));
  canvas.width = picture.width * factor;
  canvas.height = picture.height * factor;
  canvas.style.width = `${picture.width * fit}px`;
  const context = context2d(canvas);
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
}
