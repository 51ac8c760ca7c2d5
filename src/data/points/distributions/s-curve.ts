/** A curve that turns both ways. */
import { around, type PointDistribution } from '../distribution';

export const sCurve: PointDistribution = {
  name: 's-curve',
  description: 'Two three-quarter circles of radius 1 that form an S.',
  classes: 0,
  draw(random) {
    const angle = 3 * Math.PI * (random.uniform() - 0.5);
    return around(random, [Math.sin(angle), Math.sign(angle) * (Math.cos(angle) - 1)]);
  },
};
