/** Toy data: 2-D points from a distribution with known modes, for GANs that train in seconds. */
import * as z from 'zod';
import { explained } from '../../shared/choice';
import { pointDistribution, pointDistributions } from '../points/distributions/registry';
import { drawPoints } from '../points/point-examples';
import { defineSource } from '../source';

export const points2d = defineSource({
  name: 'points2d',
  title: '2-D points',
  description:
    'Points from a known 2-D distribution, within about [-2, 2] on both axes. Trains in seconds and makes missing modes visible.',
  options: z.strictObject({
    distribution: z
      .enum(pointDistributions.map(({ name }) => name))
      .meta(explained(pointDistributions.map(({ name, description }) => ({ value: name, description }))))
      .default('ring')
      .describe('Distribution of the points.'),
    count: z
      .int()
      .min(10)
      .max(10_000_000)
      .default(10_000)
      .describe('Number of points, including held-out ones.'),
    split: z
      .number()
      .min(0.001)
      .max(0.9)
      .default(0.2)
      .describe('Fraction of the points held out for evaluation.'),
  }),
  describe: ({ distribution }) => ({
    example: { kind: 'points', dimensions: 2 },
    classes: pointDistribution(distribution).classes,
  }),
  async open(options, { seed }) {
    const distribution = pointDistribution(options.distribution);
    const heldOut = Math.max(1, Math.round(options.count * options.split));
    return {
      train: drawPoints(distribution, options.count - heldOut, seed, 'points-train'),
      heldOut: drawPoints(distribution, heldOut, seed, 'points-held-out'),
    };
  },
});
