/** Two modes. */
import { gaussianMixture } from '../distribution';

export const twoGaussians = gaussianMixture(
  'two-gaussians',
  '2 Gaussians of standard deviation 0.25 that lie apart: a generator that learns only one has collapsed.',
  {
    modes: [
      [-1.2, -0.8],
      [1.2, 0.8],
    ],
    standardDeviation: 0.25,
  },
);
