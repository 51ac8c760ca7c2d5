/** Sharp edges, which no smooth generator meets exactly. */
import type { PointDistribution } from '../distribution';

/** Along each axis. */
const SQUARES = 4;

export const checkerboard: PointDistribution = {
  name: 'checkerboard',
  description: 'Uniform over the 8 black squares of a 4×4 checkerboard.',
  classes: (SQUARES * SQUARES) / 2,
  draw(random) {
    const label = random.below((SQUARES * SQUARES) / 2);
    const row = Math.floor((2 * label) / SQUARES);
    const column = ((2 * label) % SQUARES) + (row % 2);
    const place = (square: number): number => square + random.uniform() - SQUARES / 2;
    return { x: place(column), y: place(row), label };
  },
};
