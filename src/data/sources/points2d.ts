/** Toy data: points in the plane drawn from a distribution whose modes are known, for GANs that train in seconds. */
import * as z from 'zod';
import { pointDistribution, pointDistributions } from '../points/distributions';
import { drawPoints } from '../points/point-examples';
import { defineSource } from '../source';

export const points2d = defineSource({
  name: 'points2d',
  title: 'Points in the plane',
  description:
    'Points drawn from a known distribution by the seed of the run, within about [-2, 2] on both axes: a GAN on ' +
    'them trains in seconds, and what it misses can be seen.',
  options: z.strictObject({
    distribution: z
      .enum(['ring', 'grid', 'moons', 'spiral'])
      .default('ring')
      .describe(pointDistributions.map(({ name, description }) => `${name}: ${description}`).join(' ')),
    count: z.int().min(10).max(10_000_000).default(10_000).describe('Number of points, of both parts.'),
    split: z
      .number()
      .min(0.001)
      .max(0.9)
      .default(0.2)
      .describe('Share of the points that is held out of training, for scores.'),
  }),
  describe: ({ distribution }) => ({
    example: { kind: 'points', dimensions: 2 },
    classes: pointDistribution(distribution).classes,
  }),
  async open(options, { seed }) {
    const heldOut = Math.max(1, Math.round(options.count * options.split));
    return {
      train: drawPoints(options.distribution, options.count - heldOut, seed, 'points-train'),
      heldOut: drawPoints(options.distribution, heldOut, seed, 'points-held-out'),
    };
  },
});
