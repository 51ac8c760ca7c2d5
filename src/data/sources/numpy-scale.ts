/**
 * Converts the values of a NumPy array to bytes. The range of floats is determined from all values; a value that fits
 * no range is reported as an error, since guessing would turn every image black or white.
 */
import { sizeOf } from '../../shared/host-tensor';
import { localizable } from '../../shared/localizable-text';
import { DataError } from '../data-error';
import { clampToByte, floatScale, ValueRange } from '../float-scale';
import type { NumpyArray } from '../images/npy';

/** Chunk size when determining the range. */
const VALUES_AT_ONCE = 1 << 18;

const SCALE = localizable(
  'Scale the array to integers from 0 to 255, or to floats from 0 to 1 or -1 to 1, and save it again.',
);

/** @param file for messages. Throws `DataError`. */
export async function byteScale(array: NumpyArray, file: string): Promise<(value: number) => number> {
  if (array.kind === 'b1') return (value) => 255 * value;
  if (array.kind === 'u1') return clampToByte;
  const isFloat = array.kind === 'f4' || array.kind === 'f8';
  const isWrong = isFloat
    ? (value: number) => !Number.isFinite(value)
    : (value: number) => value < 0 || value > 255;
  const { low, high } = await rangeOf(array, file, isWrong);
  if (!isFloat) return clampToByte;
  const scale = floatScale(low, high);
  if (scale !== undefined) return scale;
  throw new DataError(
    localizable('{0} has values from {1} to {2}, which is not a valid range of images.', file, low, high),
    SCALE,
  );
}

async function rangeOf(
  { shape, values }: NumpyArray,
  file: string,
  isWrong: (value: number) => boolean,
): Promise<ValueRange> {
  const range = new ValueRange();
  const size = sizeOf(shape);
  const perImage = size / Math.max(1, shape[0] ?? 1);
  const wrongValue = (index: number, value: number): DataError =>
    new DataError(
      localizable('Image {0} of {1} has the value {2}.', Math.floor(index / perImage), file, String(value)),
      SCALE,
    );
  for (let begin = 0; begin < size; begin += VALUES_AT_ONCE)
    for (const [i, value] of (await values(begin, Math.min(VALUES_AT_ONCE, size - begin))).entries()) {
      if (isWrong(value)) throw wrongValue(begin + i, value);
      range.add(value);
    }
  if (range.outlier !== undefined) throw wrongValue(range.outlier.index, range.outlier.value);
  return range;
}
