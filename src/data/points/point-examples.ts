/** Examples of points, small enough to be kept in memory. */
import { Random } from '../../random/random';
import type { Examples } from '../source';
import type { PointDistribution } from './distribution';

/** `count` points of the distribution; deterministic in seed and stream on every machine. */
export function drawPoints(
  distribution: PointDistribution,
  count: number,
  seed: number,
  stream: string,
): Examples {
  const random = Random.seeded(seed, stream);
  const coordinates = new Float32Array(2 * count);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const point = distribution.draw(random);
    coordinates[2 * i] = point.x;
    coordinates[2 * i + 1] = point.y;
    labels[i] = point.label;
  }
  return pointExamples(coordinates, { labels, classes: distribution.classes });
}

/** @param coordinates x, y, x, y, … */
export function pointExamples(
  coordinates: Float32Array,
  named?: { readonly labels: Int32Array; readonly classes: number },
): Examples {
  return {
    count: coordinates.length / 2,
    shape: { kind: 'points', dimensions: 2 },
    classes: named?.classes ?? 0,
    ...(named === undefined ? {} : { labels: named.labels }),
    async read(indices, target, labels) {
      indices.forEach((index, slot) => {
        target.set(coordinates.subarray(2 * index, 2 * index + 2), 2 * slot);
        if (labels !== undefined) labels[slot] = named?.labels[index] ?? 0;
      });
    },
    async close() {},
  };
}
