/** Detects the range of floating-point images from their values; callers reject values that fit none. */

/** Tolerance for rounding and resampling, as a fraction of the range. */
const EXCESS = 0.01;
/** Floats of 0 to 255 whose maximum is below this would be black images. */
const LEAST_BYTE_RANGE = 2;

export const clampToByte = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));

/** The conversion to bytes for floats in [low, high], which includes 0; undefined if no image range fits. */
export function floatScale(low: number, high: number): ((value: number) => number) | undefined {
  if (low >= -EXCESS && high <= 1 + EXCESS) return (value) => clampToByte(value * 255);
  if (low >= -1 - EXCESS && high <= 1 + EXCESS) return (value) => clampToByte((value + 1) * 127.5);
  if (low >= -255 * EXCESS && high >= LEAST_BYTE_RANGE && high <= 255 * (1 + EXCESS)) return clampToByte;
  return undefined;
}
