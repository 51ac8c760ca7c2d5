/**
 * Draws a grid of small images large: crisp, and every pixel of it as wide as every other. Nearest-neighbour scaling by
 * a factor that is not whole makes pixels of two widths, and smooth scaling blurs; so the picture is first enlarged by
 * the next whole factor without smoothing and then made a little smaller by the browser.
 */
import { context2d } from './canvas';
import type { Room } from './viewer';

/** So that a grid of a few images does not become a poster. */
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
