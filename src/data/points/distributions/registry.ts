/** All distributions of points that an experiment can name. */
import type { PointDistribution } from '../distribution';
import { checkerboard } from './checkerboard';
import { circles } from './circles';
import { gaussian } from './gaussian';
import { grid } from './grid';
import { letters } from './letters';
import { line } from './line';
import { moons } from './moons';
import { pinwheel } from './pinwheel';
import { ring } from './ring';
import { sCurve } from './s-curve';
import { spiral } from './spiral';
import { swissRoll } from './swiss-roll';
import { twoGaussians } from './two-gaussians';

/** In the order in which they are listed. */
export const pointDistributions: readonly PointDistribution[] = [
  ring,
  grid,
  moons,
  spiral,
  gaussian,
  twoGaussians,
  line,
  circles,
  sCurve,
  swissRoll,
  pinwheel,
  checkerboard,
  letters,
];

/** Throws `RangeError` for a name that is not listed. */
export function pointDistribution(name: string): PointDistribution {
  const found = pointDistributions.find((distribution) => distribution.name === name);
  if (found === undefined) throw new RangeError(`Unknown point distribution ${name}.`);
  return found;
}
