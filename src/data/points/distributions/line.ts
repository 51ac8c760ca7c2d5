/** The simplest manifold of one dimension. */
import { around, type PointDistribution } from '../distribution';

export const line: PointDistribution = {
  name: 'line',
  description: 'A straight line from the lower left to the upper right.',
  classes: 0,
  draw(random) {
    const along = 4 * random.uniform() - 2;
    return around(random, [along, 0.6 * along]);
  },
};
