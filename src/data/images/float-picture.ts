/**
 * Floating-point images, as TIFF can contain. By default, decoders treat 1 as the darkest grey of 255, and colours as
 * linear light; these are scaled by their range instead, as arrays are.
 */
import type { Metadata, Sharp as Pipeline } from 'sharp';
import { localizable } from '../../shared/localizable-text';
import { floatScale, ValueRange } from '../float-scale';
import { PictureError, type RawPicture } from './picture';

export function isFloatPicture({ depth }: Pick<Metadata, 'depth'>): boolean {
  return depth === 'float' || depth === 'double';
}

/** Throws `PictureError` if the values fit no image range. */
export async function decodeFloatPicture(pipeline: Pipeline, { space }: Metadata): Promise<RawPicture> {
  // Any conversion from the image's own colour space would change the values.
  const { data, info } = await pipeline
    .autoOrient()
    .toColourspace(space)
    .raw({ depth: 'float' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels === 2) throw new PictureError(localizable('Floating-point values with transparency'));
  const values = new Float32Array(data.buffer, data.byteOffset, width * height * channels);
  return { data: bytesOf(values), width, height, channels };
}

function bytesOf(values: Float32Array): Uint8Array {
  const range = new ValueRange();
  for (const value of values) {
    if (!Number.isFinite(value)) throw new PictureError(localizable('Contains {0}', String(value)));
    range.add(value);
  }
  const { low, high, outlier } = range;
  if (outlier !== undefined)
    throw new PictureError(
      localizable('Contains {0}, although almost all values are at most 1', outlier.value),
    );
  const scale = floatScale(low, high);
  if (scale === undefined)
    throw new PictureError(
      localizable('Values from {0} to {1}, which is not a valid range of images', low, high),
    );
  return Uint8Array.from(values, scale);
}
