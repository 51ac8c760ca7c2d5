/** More modes than a small generator covers easily. */
import { gaussianMixture } from '../distribution';

export const grid = gaussianMixture(
  'grid',
  '25 Gaussians of standard deviation 0.05 on a 5×5 grid of spacing 1.',
  {
    modes: Array.from({ length: 25 }, (_, k) => [(k % 5) - 2, Math.floor(k / 5) - 2] as const),
    standardDeviation: 0.05,
  },
);
