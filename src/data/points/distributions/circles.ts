/** A curve inside of another. */
import { around, type PointDistribution } from '../distribution';

const RADII = [2, 1] as const;

export const circles: PointDistribution = {
  name: 'circles',
  description: 'Two circles about the origin, of radius 2 and 1, with as many points each.',
  classes: RADII.length,
  draw(random) {
    const label = random.below(RADII.length);
    const angle = 2 * Math.PI * random.uniform();
    const radius = RADII[label] ?? 1;
    return around(random, [radius * Math.cos(angle), radius * Math.sin(angle)], label);
  },
};
