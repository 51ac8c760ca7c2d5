/** Two curves that interlock. */
import { around, type PointDistribution } from '../distribution';

const RADIUS = 4 / 3;

export const moons: PointDistribution = {
  name: 'moons',
  description: 'Two interleaved half circles of radius 4/3.',
  classes: 2,
  draw(random) {
    const label = random.below(2);
    const angle = Math.PI * random.uniform();
    // The second is the first rotated by 180° about the origin.
    const side = label === 0 ? RADIUS : -RADIUS;
    return around(random, [side * (Math.cos(angle) - 0.5), side * (Math.sin(angle) - 0.25)], label);
  },
};
