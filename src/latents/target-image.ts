/** An image of the user's own as a generator could make it: the target of an inversion. */
import { basename } from 'node:path';
import { drawPicture } from '../data/images/draw-picture';
import { exampleExtents, type ImageShape } from '../shared/example-shape';
import { float32, type HostTensor } from '../shared/host-tensor';

/**
 * Returns `[1, height, width, channels]` in [-1, 1]: the centre of the image, scaled. Throws `PictureError` if it cannot
 * be used, and `DataError` if the decoder is unavailable.
 */
export async function readTarget(file: string, shape: ImageShape): Promise<HostTensor> {
  const { width, height, channels } = shape;
  if (channels !== 1 && channels !== 3 && channels !== 4)
    throw new RangeError(`images have 1, 3 or 4 channels, found ${channels}`);
  const side = Math.max(width, height);
  const form = { imageSize: side, channels, fit: 'crop', background: '#ffffff' } as const;
  const square = await drawPicture({ file }, form, basename(file));
  const target = float32([1, ...exampleExtents(shape)]);
  const [top, left] = [height, width].map((extent) => Math.floor((side - extent) / 2));
  for (let y = 0; y < height; y++) {
    const start = ((y + (top ?? 0)) * side + (left ?? 0)) * channels;
    const row = square.subarray(start, start + width * channels);
    target.data.set(
      Array.from(row, (byte) => byte / 127.5 - 1),
      y * width * channels,
    );
  }
  return target;
}
