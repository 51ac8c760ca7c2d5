/** A curve around an empty centre. */
import { around, type PointDistribution } from '../distribution';

const START = 1.5 * Math.PI;
const END = 4.5 * Math.PI;

export const swissRoll: PointDistribution = {
  name: 'swiss-roll',
  description: 'The cross-section of a Swiss roll: a spiral of one and a half turns around an empty centre.',
  classes: 0,
  draw(random) {
    const angle = START + (END - START) * random.uniform();
    const radius = (2 * angle) / END;
    return around(random, [radius * Math.cos(angle), radius * Math.sin(angle)]);
  },
};
