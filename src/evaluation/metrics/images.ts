/** Shared by metrics on images: shape and values of a batch `[count, height, width, channels]`. */
import type { HostTensor } from '../../shared/host-tensor';

export interface ImageBatch {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** Width of the value range [-1, 1] of images: L in SSIM, MAX in PSNR. */
export const VALUE_RANGE = 2;

/** Throws `RangeError` for anything but float32 images. */
export function imageBatch({ shape, data }: HostTensor): ImageBatch {
  const [count, height, width, channels] = shape;
  if (!(data instanceof Float32Array) || channels === undefined || shape.length !== 4)
    throw new RangeError(`[${shape.join(', ')}] is no batch of images`);
  return { count: count ?? 0, height: height ?? 0, width: width ?? 0, channels, data };
}

/** Checks that two batches have the same shape. Throws `RangeError` otherwise. */
export function imagePair(a: HostTensor, b: HostTensor): readonly [ImageBatch, ImageBatch] {
  if (a.shape.join() !== b.shape.join())
    throw new RangeError(`images [${a.shape.join(', ')}] are compared with [${b.shape.join(', ')}]`);
  return [imageBatch(a), imageBatch(b)];
}

/** Clips to the range that an image can display, whatever the network's output. */
export function clipped(value: number): number {
  return Math.min(1, Math.max(-1, value));
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return sum / values.length;
}
