/**
 * Two-dimensional distributions that are standard in GAN research. All are within about [-2, 2] on both axes, so that
 * one network and one plot suit all of them.
 */
import type { Random } from '../../random/random';

export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  /** Index of the mode or branch that the point belongs to. */
  readonly label: number;
}

export interface PointDistribution {
  readonly name: PointDistributionName;
  readonly description: string;
  /** Number of labels; 0 if the distribution is connected. */
  readonly classes: number;
  /** Standard deviation of the Gaussian noise on each axis. */
  readonly standardDeviation: number;
  /** Centres of an equally weighted mixture of Gaussians; empty for other distributions. */
  readonly modes: readonly (readonly [number, number])[];
  draw(random: Random): LabelledPoint;
}

export type PointDistributionName = 'ring' | 'grid' | 'moons' | 'spiral';

const standardDeviation = 0.05;

function around(random: Random, x: number, y: number, label: number): LabelledPoint {
  return {
    x: x + standardDeviation * random.normal(),
    y: y + standardDeviation * random.normal(),
    label,
  };
}

function mixture(
  name: PointDistributionName,
  description: string,
  modes: readonly (readonly [number, number])[],
): PointDistribution {
  return {
    name,
    description,
    classes: modes.length,
    standardDeviation,
    modes,
    draw(random) {
      const label = random.below(modes.length);
      const [x, y] = modes[label] ?? [0, 0];
      return around(random, x, y, label);
    },
  };
}

const ring = mixture(
  'ring',
  '8 Gaussians of standard deviation 0.05 on a circle of radius 2.',
  Array.from(
    { length: 8 },
    (_, k) => [2 * Math.cos((k * Math.PI) / 4), 2 * Math.sin((k * Math.PI) / 4)] as const,
  ),
);

const grid = mixture(
  'grid',
  '25 Gaussians of standard deviation 0.05 on a 5×5 grid of spacing 1.',
  Array.from({ length: 25 }, (_, k) => [(k % 5) - 2, Math.floor(k / 5) - 2] as const),
);

const moons: PointDistribution = {
  name: 'moons',
  description: 'Two interleaved half circles of radius 4/3.',
  classes: 2,
  standardDeviation,
  modes: [],
  draw(random) {
    const radius = 4 / 3;
    const label = random.below(2);
    const angle = Math.PI * random.uniform();
    // The second is the first rotated by 180° about the origin.
    const side = label === 0 ? 1 : -1;
    return around(
      random,
      side * radius * (Math.cos(angle) - 0.5),
      side * radius * (Math.sin(angle) - 0.25),
      label,
    );
  },
};

const spiral: PointDistribution = {
  name: 'spiral',
  description: 'An Archimedean spiral of two turns that ends at radius 2.',
  classes: 0,
  standardDeviation,
  modes: [],
  draw(random) {
    // The square root makes the density along the arm nearly uniform.
    const share = Math.sqrt(random.uniform());
    const angle = 4 * Math.PI * share;
    return around(random, 2 * share * Math.cos(angle), 2 * share * Math.sin(angle), 0);
  },
};

export const pointDistributions: readonly PointDistribution[] = [ring, grid, moons, spiral];

export function pointDistribution(name: PointDistributionName): PointDistribution {
  const found = pointDistributions.find((distribution) => distribution.name === name);
  if (found === undefined) throw new Error(`Unknown point distribution ${name}.`);
  return found;
}
