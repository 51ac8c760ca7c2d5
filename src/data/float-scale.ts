/** Which range floating-point images have is seen from their values; what fits none is refused by whoever asks. */

/** By how much of the range rounding and resampling may exceed it. */
const EXCESS = 0.01;
/** Floats of 0 to 255 that reach no further would be black images. */
const LEAST_BYTE_RANGE = 2;

export const clampToByte = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));

/** How floats between `low` and `high`, 0 included, become bytes; undefined where that is no range of images. */
export function floatScale(low: number, high: number): ((value: number) => number) | undefined {
  if (low >= -EXCESS && high <= 1 + EXCESS) return (value) => clampToByte(value * 255);
  if (low >= -1 - EXCESS && high <= 1 + EXCESS) return (value) => clampToByte((value + 1) * 127.5);
  if (low >= -255 * EXCESS && high >= LEAST_BYTE_RANGE && high <= 255 * (1 + EXCESS)) return clampToByte;
  return undefined;
}
