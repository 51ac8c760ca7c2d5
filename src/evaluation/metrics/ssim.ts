/** Structural similarity. */
import type { HostTensor } from '../../shared/host-tensor';
import { localizable } from '../../shared/localizable-text';
import { clipped, imagePair, VALUE_RANGE } from './images';
import { pairedMetric } from './paired-metric';

const WINDOW = 11;
const STANDARD_DEVIATION = 1.5;
const C1 = (0.01 * VALUE_RANGE) ** 2;
const C2 = (0.03 * VALUE_RANGE) ** 2;

/** The circular-symmetric Gaussian of section III-C, as the outer product of this one with itself. */
const WEIGHTS = ((): Float64Array => {
  const weights = Float64Array.from({ length: WINDOW }, (_, i) =>
    Math.exp(-((i - (WINDOW - 1) / 2) ** 2) / (2 * STANDARD_DEVIATION ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
})();

interface Plane {
  readonly height: number;
  readonly width: number;
  readonly data: Float64Array;
}

/** Weighted mean over the window at each position where it fits entirely. */
function blurred({ height, width, data }: Plane): Plane {
  const narrow = width - WINDOW + 1;
  const low = height - WINDOW + 1;
  const rows = new Float64Array(height * narrow);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < narrow; x++) {
      let sum = 0;
      for (let k = 0; k < WINDOW; k++) sum += (WEIGHTS[k] ?? 0) * (data[y * width + x + k] ?? 0);
      rows[y * narrow + x] = sum;
    }
  const result = new Float64Array(low * narrow);
  for (let y = 0; y < low; y++)
    for (let x = 0; x < narrow; x++) {
      let sum = 0;
      for (let k = 0; k < WINDOW; k++) sum += (WEIGHTS[k] ?? 0) * (rows[(y + k) * narrow + x] ?? 0);
      result[y * narrow + x] = sum;
    }
  return { height: low, width: narrow, data: result };
}

function productOf(a: Plane, b: Plane): Plane {
  return { ...a, data: a.data.map((value, i) => value * (b.data[i] ?? 0)) };
}

function similarityOf(a: Plane, b: Plane): number {
  const [meanA, meanB] = [blurred(a).data, blurred(b).data];
  const [squareA, squareB, product] = [productOf(a, a), productOf(b, b), productOf(a, b)].map(
    (plane) => blurred(plane).data,
  );
  let sum = 0;
  for (let i = 0; i < meanA.length; i++) {
    const [x, y] = [meanA[i] ?? 0, meanB[i] ?? 0];
    const varianceX = (squareA?.[i] ?? 0) - x * x;
    const varianceY = (squareB?.[i] ?? 0) - y * y;
    const covariance = (product?.[i] ?? 0) - x * y;
    sum += ((2 * x * y + C1) * (2 * covariance + C2)) / ((x * x + y * y + C1) * (varianceX + varianceY + C2));
  }
  return sum / meanA.length;
}

/**
 * Mean over images `[count, h, w, c]`, channels and windows of equation 13 of Wang et al. 2004, with their 11×11
 * Gaussian window of standard deviation 1.5 (only where it fits entirely), K1 = 0.01, K2 = 0.03. Values in [-1, 1] are
 * shifted to [0, 2] first, since the luminance comparison requires black to be 0.
 */
export function structuralSimilarity(generated: HostTensor, targets: HostTensor): number {
  const [a, b] = imagePair(generated, targets);
  const { count, height, width, channels } = a;
  const planeOf = (data: Float32Array, image: number, channel: number): Plane => ({
    height,
    width,
    data: Float64Array.from(
      { length: height * width },
      (_, i) => clipped(data[(image * height * width + i) * channels + channel] ?? 0) + 1,
    ),
  });
  let sum = 0;
  for (let image = 0; image < count; image++)
    for (let channel = 0; channel < channels; channel++)
      sum += similarityOf(planeOf(a.data, image, channel), planeOf(b.data, image, channel));
  return sum / (count * channels);
}

export const ssim = pairedMetric({
  name: 'ssim',
  title: 'SSIM',
  description:
    'Structural similarity: compares luminance, contrast and structure in small windows. 1 for identical images.',
  paper: 'Wang et al. 2004, "Image Quality Assessment", equation 13 and section III-C',
  unsuitable: ({ example }) =>
    example.kind === 'image' && Math.min(example.height, example.width) < WINDOW
      ? localizable(
          'images of {0}×{1} are smaller than its window of {2}×{2}',
          example.height,
          example.width,
          WINDOW,
        )
      : undefined,
  cost: ({ generated, values }) => ({ products: 0, operations: 5 * 2 * WINDOW * generated * values }),
  compare: structuralSimilarity,
});
