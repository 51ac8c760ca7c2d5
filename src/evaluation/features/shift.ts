/** Augments a classifier's training images by shifts of a few pixels, so that it does not learn object positions. */
import type { Random } from '../../random/random';
import type { HostTensor } from '../../shared/host-tensor';
import { float32 } from '../../shared/host-tensor';
import { imageBatch } from '../metrics/images';

/** Maximum shift, as a share of the shorter side. */
const REACH = 1 / 14;

/** Shifts each of the images `[batch, h, w, c]` by its own whole number of pixels; the border repeats the edge. */
export function shifted(images: HostTensor, random: Random): HostTensor {
  const { count, height, width, channels, data } = imageBatch(images);
  const reach = Math.max(1, Math.round(REACH * Math.min(height, width)));
  const result = new Float32Array(data.length);
  const inside = (value: number, extent: number): number => Math.min(extent - 1, Math.max(0, value));
  for (let image = 0; image < count; image++) {
    const [dy, dx] = [random.below(2 * reach + 1) - reach, random.below(2 * reach + 1) - reach];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const from = ((image * height + inside(y + dy, height)) * width + inside(x + dx, width)) * channels;
        const to = ((image * height + y) * width + x) * channels;
        for (let c = 0; c < channels; c++) result[to + c] = data[from + c] ?? 0;
      }
  }
  return float32(images.shape, result);
}
