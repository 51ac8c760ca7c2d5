/** Converts images to RGBA pixels for a canvas. */
import type { ImageShape } from '../shared/example-shape';
import { classAt, toByte } from './pixels';

export interface Image {
  readonly shape: ImageShape;
  /** `[height, width, channels]` in [-1, 1]. */
  readonly values: Float32Array;
}

/**
 * Draws an image into its place in a tile of `width` pixels, scaled to the size `of` the example by nearest neighbour.
 */
export function drawRgba(
  { shape, values }: Image,
  tile: Uint8Array,
  { left, width, of }: { readonly left: number; readonly width: number; readonly of: ImageShape },
): void {
  for (let y = 0; y < of.height; y++)
    for (let x = 0; x < of.width; x++) {
      const from =
        (Math.floor((y * shape.height) / of.height) * shape.width +
          Math.floor((x * shape.width) / of.width)) *
        shape.channels;
      tile.set(colourAt(shape, values.subarray(from, from + shape.channels)), (y * width + left + x) * 4);
    }
}

/** @param values `[count, ...shape]` in [-1, 1] */
export function rgbaOf(shape: ImageShape, values: Float32Array): Uint8Array {
  const { height, width, channels } = shape;
  const size = height * width * channels;
  const count = Math.floor(values.length / size);
  const pixels = new Uint8Array(count * height * width * 4);
  for (let i = 0; i < count; i++)
    drawRgba(
      { shape, values: values.subarray(i * size, (i + 1) * size) },
      pixels.subarray(i * height * width * 4, (i + 1) * height * width * 4),
      { left: 0, width, of: shape },
    );
  return pixels;
}

/** RGBA of one pixel. */
function colourAt({ labelMap }: ImageShape, pixel: Float32Array): readonly number[] {
  if (labelMap !== undefined) {
    const [red, green, blue] = labelMap.colours[classAt(pixel, 0, pixel.length)] ?? [0, 0, 0];
    return [red, green, blue, 255];
  }
  const byte = (value = 1): number => toByte(value);
  const [first, second, third, fourth] = pixel;
  return pixel.length < 3
    ? [byte(first), byte(first), byte(first), 255]
    : [byte(first), byte(second), byte(third), byte(fourth)];
}
