/** One mode. */
import { gaussianMixture } from '../distribution';

export const gaussian = gaussianMixture(
  'gaussian',
  'One Gaussian of standard deviation 0.5, off the centre: the simplest that a generator can learn.',
  { modes: [[0.8, 0.6]], standardDeviation: 0.5 },
);
