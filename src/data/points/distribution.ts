/**
 * A two-dimensional distribution of points. All are within about [-2, 2] on both axes, so that one network and one plot
 * suit all of them. To add one, create a file in `distributions` and list it in the registry there.
 */
import type { Random } from '../../random/random';

export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  /** Index of the mode or branch that the point belongs to. */
  readonly label: number;
}

export interface PointDistribution {
  /** The name in configs. */
  readonly name: string;
  readonly description: string;
  /** Number of labels; 0 if the distribution is connected. */
  readonly classes: number;
  /** Centres of an equally weighted mixture of round Gaussians, if it is one, and their standard deviation. */
  readonly mixture?: PointMixture;
  draw(random: Random): LabelledPoint;
}

export interface PointMixture {
  readonly modes: readonly (readonly [number, number])[];
  readonly standardDeviation: number;
}

/** Standard deviation of the noise about curves, on each axis. */
const NOISE = 0.05;

/** A point with Gaussian noise. */
export function around(
  random: Random,
  [x, y]: readonly [number, number],
  label = 0,
  standardDeviation = NOISE,
): LabelledPoint {
  return {
    x: x + standardDeviation * random.normal(),
    y: y + standardDeviation * random.normal(),
    label,
  };
}

/** An equally weighted mixture of round Gaussians. */
export function gaussianMixture(
  name: string,
  description: string,
  { modes, standardDeviation }: PointMixture,
): PointDistribution {
  return {
    name,
    description,
    classes: modes.length === 1 ? 0 : modes.length,
    mixture: { modes, standardDeviation },
    draw(random) {
      const label = random.below(modes.length);
      return around(random, modes[label] ?? [0, 0], label, standardDeviation);
    },
  };
}
