/** A curve that a generator has to wind up. */
import { around, type PointDistribution } from '../distribution';

export const spiral: PointDistribution = {
  name: 'spiral',
  description: 'An Archimedean spiral of two turns that ends at radius 2.',
  classes: 0,
  draw(random) {
    // The square root makes the density along the arm nearly uniform.
    const share = Math.sqrt(random.uniform());
    const angle = 4 * Math.PI * share;
    return around(random, [2 * share * Math.cos(angle), 2 * share * Math.sin(angle)]);
  },
};
