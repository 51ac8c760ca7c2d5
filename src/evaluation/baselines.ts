/** Predictors that learn nothing: baselines that a translating generator must beat before its scores mean anything. */

import { bicubicWeights } from '../nn/bicubic';
import type { ImageShape } from '../shared/example-shape';
import type { HostTensor } from '../shared/host-tensor';
import { float32, sizeOf } from '../shared/host-tensor';
import { imageBatch } from './metrics/images';

/** Enlarges `[count, h, w, c]` to `[count, height, width, c]` by bicubic interpolation (Keys 1981). */
export function bicubic(given: HostTensor, { height, width }: ImageShape): HostTensor {
  const { count, height: h, width: w, channels, data } = imageBatch(given);
  const wide = resample(data, {
    ...{ outer: count * h, from: w, to: width, inner: channels },
    weights: bicubicWeights(w, width, 1),
  });
  const result = resample(wide, {
    ...{ outer: count, from: h, to: height, inner: width * channels },
    weights: bicubicWeights(h, height, 1),
  });
  return float32([count, height, width, channels], result);
}

interface Axis {
  readonly outer: number;
  readonly from: number;
  readonly to: number;
  readonly inner: number;
  /** `[from, to]` */
  readonly weights: Float32Array;
}

/** Applies the weights along one axis: `[outer, from, inner]` -> `[outer, to, inner]`. */
function resample(data: ArrayLike<number>, { outer, from, to, inner, weights }: Axis): Float32Array {
  const result = new Float32Array(outer * to * inner);
  for (let block = 0; block < outer; block++)
    for (let i = 0; i < from; i++)
      for (let k = 0; k < to; k++) {
        const weight = weights[i * to + k] ?? 0;
        if (weight === 0) continue;
        const [source, target] = [(block * from + i) * inner, (block * to + k) * inner];
        for (let at = 0; at < inner; at++)
          result[target + at] = (result[target + at] ?? 0) + weight * (data[source + at] ?? 0);
      }
  return result;
}

/** Returns the mean `[1, ...example]` of targets `[n, ...example]`, repeated `count` times. */
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
 * Returns the applicable baselines: the mean of the training targets; the input image itself where it has the shape of
 * the target; its enlargement where it is smaller and has the same number of channels.
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
