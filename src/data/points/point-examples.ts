/** Examples of points drawn from a distribution, small enough to be kept in memory. */
import { Random } from '../../random/random';
import type { Examples } from '../source';
import { type PointDistributionName, pointDistribution } from './distributions';

/** `count` points of the named distribution; deterministic in seed and stream on every machine. */
export function drawPoints(
  name: PointDistributionName,
  count: number,
  seed: number,
  stream: string,
): Examples {
  const distribution = pointDistribution(name);
  const random = Random.seeded(seed, stream);
  const coordinates = new Float32Array(2 * count);
  const pointLabels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const point = distribution.draw(random);
    coordinates[2 * i] = point.x;
    coordinates[2 * i + 1] = point.y;
    pointLabels[i] = point.label;
  }
  return {
    count,
    shape: { kind: 'points', dimensions: 2 },
    classes: distribution.classes,
    labels: pointLabels,
    async read(indices, target, labels) {
      indices.forEach((index, slot) => {
        target.set(coordinates.subarray(2 * index, 2 * index + 2), 2 * slot);
        if (labels !== undefined) labels[slot] = pointLabels[index] ?? 0;
      });
    },
    async close() {},
  };
}
