/** An image of the user's own as a generator could make it: the target of an inversion. */
import { basename } from 'node:path';
import { drawPicture } from '../data/images/draw-picture';
import { exampleExtents, type ImageShape } from '../shared/example-shape';
import { float32, type HostTensor } from '../shared/host-tensor';

/**
 * Returns `[1, height, width, channels]` in [-1, 1]: the largest square of the image, scaled. Throws `PictureError` if it
 * cannot be used, and `DataError` if the decoder is unavailable.
 */
export async function readTarget(file: string, shape: ImageShape): Promise<HostTensor> {
  const { width, height, channels } = shape;
  if (width !== height || (channels !== 1 && channels !== 3 && channels !== 4))
    throw new RangeError(`a generator of square images is needed, found [${height}, ${width}, ${channels}]`);
  const form = { imageSize: width, channels, fit: 'crop', background: '#ffffff' } as const;
  const pixels = await drawPicture({ file }, form, basename(file));
  return float32(
    [1, ...exampleExtents(shape)],
    Float32Array.from(pixels, (byte) => byte / 127.5 - 1),
  );
}
