/** Converts stored images to the size and channels of the network. */

export interface ImageForm {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Writes one image to `target`, `[height, width, channels]` in [-1, 1]. */
export type DrawImage = (pixels: Uint8Array, target: Float32Array) => void;

export function formatForm({ height, width, channels }: ImageForm): string {
  return `${width}×${height} pixels, ${channels === 1 ? '1 channel' : `${channels} channels`}`;
}

/**
 * The conversion from form `from` to form `to`, or undefined if there is none: the identity; 28×28 to 32×32 by a black
 * border of 2, or to 64×64 by doubling that bilinearly; grey repeated in three channels.
 */
export function drawingOf(from: ImageForm, to: ImageForm): DrawImage | undefined {
  if (from.channels !== to.channels && from.channels !== 1) return undefined;
  if (from.height === to.height && from.width === to.width)
    return (pixels, target) => repeat(pixels, from, to, target);
  const framed = { height: 32, width: 32, channels: from.channels };
  if (from.height !== 28 || from.width !== 28 || to.height !== to.width) return undefined;
  if (to.height === 32) return (pixels, target) => repeat(frame(pixels, from, framed), framed, to, target);
  if (to.height === 64)
    return (pixels, target) =>
      repeat(double(frame(pixels, from, framed), framed), { ...to, channels: from.channels }, to, target);
  return undefined;
}

/** Scales to [-1, 1], repeating grey in as many channels as required. */
function repeat(pixels: Uint8Array, from: ImageForm, to: ImageForm, target: Float32Array): void {
  const copies = to.channels / from.channels;
  for (let i = 0; i < pixels.length; i++)
    target.fill((pixels[i] ?? 0) / 127.5 - 1, i * copies, (i + 1) * copies);
}

/** Centres the image in a black one. */
function frame(pixels: Uint8Array, from: ImageForm, to: ImageForm): Uint8Array {
  const framed = new Uint8Array(to.height * to.width * to.channels);
  const top = (to.height - from.height) / 2;
  const left = (to.width - from.width) / 2;
  const row = from.width * from.channels;
  for (let y = 0; y < from.height; y++)
    framed.set(pixels.subarray(y * row, (y + 1) * row), ((top + y) * to.width + left) * to.channels);
  return framed;
}

/** Doubles height and width bilinearly, with pixel centres at half-integers and edge replication. */
function double(pixels: Uint8Array, { height, width, channels }: ImageForm): Uint8Array {
  const doubled = new Uint8Array(4 * pixels.length);
  const at = (y: number, x: number, c: number): number => {
    const row = Math.min(height - 1, Math.max(0, y));
    const column = Math.min(width - 1, Math.max(0, x));
    return pixels[(row * width + column) * channels + c] ?? 0;
  };
  let next = 0;
  for (let y = 0; y < 2 * height; y++)
    for (let x = 0; x < 2 * width; x++) {
      const nearY = y >> 1;
      const nearX = x >> 1;
      const farY = nearY + (y % 2 === 0 ? -1 : 1);
      const farX = nearX + (x % 2 === 0 ? -1 : 1);
      for (let c = 0; c < channels; c++) {
        const sum =
          9 * at(nearY, nearX, c) + 3 * (at(nearY, farX, c) + at(farY, nearX, c)) + at(farY, farX, c);
        doubled[next++] = (sum + 8) >> 4;
      }
    }
  return doubled;
}
