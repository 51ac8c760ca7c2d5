/** Mode collapse shows at a glance: a Gaussian without generated points. */
import { gaussianMixture } from '../distribution';

export const ring = gaussianMixture(
  'ring',
  '8 Gaussians of standard deviation 0.05 on a circle of radius 2.',
  {
    modes: Array.from(
      { length: 8 },
      (_, k) => [2 * Math.cos((k * Math.PI) / 4), 2 * Math.sin((k * Math.PI) / 4)] as const,
    ),
    standardDeviation: 0.05,
  },
);
