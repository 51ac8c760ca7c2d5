/** Predictors that learn nothing, which a translating generator must beat before its scores mean anything. */

import { bicubicWeights } from '../nn/bicubic';
import type { ImageShape } from '../shared/example-shape';
import type { HostTensor } from '../shared/host-tensor';
import { float32, sizeOf } from '../shared/host-tensor';
import { imageBatch } from './metrics/images';

/** `[count, h, w, c]` enlarged to `[count, height, width, c]` by bicubic interpolation (Keys 1981). */
export function bicubic(given: HostTensor, { height, width }: ImageShape): HostTensor {
  const { count, height: h, width: w, channels, data } = imageBatch(given);
  const across = bicubicWeights(w, width, 1);
  const down = bicubicWeights(h, height, 1);
  const wide = new Float32Array(count * h * width * channels);
  const result = new Float32Array(count * height * width * channels);
  for (let row = 0; row < count * h; row++)
    for (let from = 0; from < w; from++)
      for (let to = 0; to < width; to++) {
        const weight = across[from * width + to] ?? 0;
        if (weight === 0) continue;
        for (let c = 0; c < channels; c++) {
          const at = (row * width + to) * channels + c;
          wide[at] = (wide[at] ?? 0) + weight * (data[(row * w + from) * channels + c] ?? 0);
        }
      }
  const line = width * channels;
  for (let image = 0; image < count; image++)
    for (let from = 0; from < h; from++)
      for (let to = 0; to < height; to++) {
        const weight = down[from * height + to] ?? 0;
        if (weight === 0) continue;
        for (let i = 0; i < line; i++) {
          const at = (image * height + to) * line + i;
          result[at] = (result[at] ?? 0) + weight * (wide[(image * h + from) * line + i] ?? 0);
        }
      }
  return float32([count, height, width, channels], result);
}

/** The mean `[1, ...example]` of targets `[n, ...example]`, `count` times. */
export function meanTarget(targets: HostTensor, count: number): HostTensor {
  const [n = 0, ...rest] = targets.shape;
  const size = sizeOf(rest);
  const sum = new Float64Array(size);
  for (let i = 0; i < targets.data.length; i++)
    sum[i % size] = (sum[i % size] ?? 0) + (targets.data[i] ?? 0) / n;
  const result = new Float32Array(count * size);
  for (let i = 0; i < count; i++) result.set(sum, i * size);
  return float32([count, ...rest], result);
}

/**
 * The predictors that make sense: the mean of the training targets; the image given itself where it has the shape of
 * what is wanted; its enlargement where it is smaller and has as many channels.
 *
 * @param given `[count, ...input]`
 * @param trainingTargets `[n, ...example]`
 */
export function baselinesOf(
  given: HostTensor,
  trainingTargets: HostTensor,
  example: ImageShape,
): Readonly<Record<string, HostTensor>> {
  const [count = 0, height = 0, width = 0, channels] = given.shape;
  const isAlike = channels === example.channels && example.labelMap === undefined;
  const isSame = isAlike && height === example.height && width === example.width;
  const isSmaller = isAlike && height < example.height && width < example.width;
  return {
    meanTarget: meanTarget(trainingTargets, count),
    ...(isSame ? { copyInput: given } : {}),
    ...(isSmaller ? { bicubic: bicubic(given, example) } : {}),
  };
}
