/** Peak signal-to-noise ratio. */
import type { HostTensor } from '../../shared/host-tensor';
import { clipped, imagePair, VALUE_RANGE } from './images';
import { pairedMetric } from './paired-metric';

/** Value for equal images, whose ratio would be infinite. */
const HIGHEST_DECIBELS = 100;

/** Mean over images `[count, h, w, c]` in [-1, 1] of 10·log10(MAX² / MSE), in decibels, at most 100. */
export function peakSignalToNoise(generated: HostTensor, targets: HostTensor): number {
  const [a, b] = imagePair(generated, targets);
  const size = a.height * a.width * a.channels;
  let sum = 0;
  for (let image = 0; image < a.count; image++) {
    let squares = 0;
    for (let i = image * size; i < (image + 1) * size; i++)
      squares += (clipped(a.data[i] ?? 0) - clipped(b.data[i] ?? 0)) ** 2;
    sum += Math.min(HIGHEST_DECIBELS, 10 * Math.log10((VALUE_RANGE ** 2 * size) / squares));
  }
  return sum / a.count;
}

export const psnr = pairedMetric({
  name: 'psnr',
  title: 'PSNR',
  description:
    'Peak signal-to-noise ratio in decibels: the pixel-wise mean squared error on a logarithmic scale. Favours blurred images over sharp ones that are slightly off.',
  compare: peakSignalToNoise,
});
