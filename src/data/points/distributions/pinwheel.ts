/** Modes that are neither round nor straight. */
import type { PointDistribution } from '../distribution';

const BLADES = 5;
/** Standard deviations along and across a blade. */
const ALONG = 0.35;
const ACROSS = 0.09;
/** Radians by which a blade turns for each unit of the radius. */
const TWIST = 1.1;

export const pinwheel: PointDistribution = {
  name: 'pinwheel',
  description: '5 Gaussians, stretched from the centre outwards and twisted into blades.',
  classes: BLADES,
  draw(random) {
    const label = random.below(BLADES);
    const along = 1.1 + ALONG * random.normal();
    const across = ACROSS * random.normal();
    const angle = (2 * Math.PI * label) / BLADES + TWIST * along;
    return {
      x: along * Math.cos(angle) - across * Math.sin(angle),
      y: along * Math.sin(angle) + across * Math.cos(angle),
      label,
    };
  },
};
