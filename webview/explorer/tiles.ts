/** Images from the host, each on a canvas at its own resolution, which the style sheet enlarges without smoothing. */
import type { Tiles } from '../../src/shared/explorer-protocol';

export function tileAt({ width, height, pixels }: Tiles, index: number): ImageData {
  const size = width * height * 4;
  return new ImageData(
    new Uint8ClampedArray(pixels.subarray(index * size, (index + 1) * size)),
    width,
    height,
  );
}

export function drawTile(canvas: HTMLCanvasElement, image: ImageData): void {
  if (canvas.width !== image.width) canvas.width = image.width;
  if (canvas.height !== image.height) canvas.height = image.height;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}
