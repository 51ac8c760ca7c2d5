/** Detects the range of floating-point images from their values; callers reject values that fit none. */

/** Tolerance for rounding and resampling, as a fraction of the range. */
const EXCESS = 0.01;
/** Floats of 0 to 255 whose maximum is below this would be black images. */
const LEAST_BYTE_RANGE = 2;
/** Where fewer values than this per value of 0 to 1 are larger, they are outliers rather than a range of 0 to 255. */
const OUTLIER_SHARE = 0.01;

interface FoundValue {
  readonly index: number;
  readonly value: number;
}

/** The range of values that are added one by one; it includes 0. */
export class ValueRange {
  #low = 0;
  #high = 0;
  #count = 0;
  #fractions = 0;
  #above = 0;
  #firstAbove: FoundValue | undefined;

  get low(): number {
    return this.#low;
  }

  get high(): number {
    return this.#high;
  }

  /** The first bright outlier among values of 0 to 1, which would turn black when scaled by the whole range. */
  get outlier(): FoundValue | undefined {
    return this.#above < OUTLIER_SHARE * this.#fractions ? this.#firstAbove : undefined;
  }

  add(value: number): void {
    if (value > 1 + EXCESS) {
      this.#above++;
      this.#firstAbove ??= { index: this.#count, value };
    } else if (value > 0) this.#fractions++;
    this.#count++;
    this.#low = Math.min(this.#low, value);
    this.#high = Math.max(this.#high, value);
  }
}

export const clampToByte = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));

/** The conversion to bytes for floats in [low, high], which includes 0; undefined if no image range fits. */
export function floatScale(low: number, high: number): ((value: number) => number) | undefined {
  if (low >= -EXCESS && high <= 1 + EXCESS) return (value) => clampToByte(value * 255);
  if (low >= -1 - EXCESS && high <= 1 + EXCESS) return (value) => clampToByte((value + 1) * 127.5);
  if (low >= -255 * EXCESS && high >= LEAST_BYTE_RANGE && high <= 255 * (1 + EXCESS)) return clampToByte;
  return undefined;
}
