/** Points of one's own: a text file with two numbers a line. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as z from 'zod';
import { Random } from '../../random/random';
import { localizable } from '../../shared/localizable-text';
import { DataError } from '../data-error';
import { statFile, unreadable } from '../file-error';
import { fitOf, fitted, parsePoints } from '../points/point-csv';
import { pointExamples } from '../points/point-examples';
import { defineSource } from '../source';
import { heldOutShare } from './common-options';

/** Millions of points; all are kept in memory. */
const MAX_BYTES = 256 * 1024 * 1024;

export const pointsFile = defineSource({
  name: 'points-file',
  title: 'Points from a file',
  description:
    'Points in the plane from a CSV file: x and y of one point on each line, with or without a heading.',
  options: z.strictObject({
    file: z.string().min(1).describe('Path of the CSV file, absolute or relative to the experiment.'),
    scale: z
      .enum(['fit', 'none'])
      .default('fit')
      .describe(
        '`fit` moves the centre of the bounding box to the origin and scales both axes alike, so that the longer side goes from -2 to 2, as networks for points expect. `none` takes the numbers as they are.',
      ),
    split: heldOutShare(0.2),
  }),
  pathOptions: { file: 'file' },
  describe: () => ({ example: { kind: 'points', dimensions: 2 }, classes: 0 }),
  async open(options, { baseFolder }) {
    const file = resolve(baseFolder, options.file);
    const { size } = await statFile(file);
    if (size > MAX_BYTES)
      throw new DataError(
        localizable('{0} has {1} MiB; at most {2} MiB are read.', file, Number(size >> 20n), MAX_BYTES >> 20),
        localizable('Use a part of the points.'),
      );
    const bytes = await readFile(file).catch((error: unknown) => {
      throw unreadable(file, error);
    });
    const points = parsePoints(bytes.toString('utf8'), file);
    const fit = options.scale === 'fit' ? fitOf(points) : { centre: [0, 0] as const, factor: 1 };
    const values = fitted(points, fit);
    const count = values.length / 2;
    // Drawn points lie in the order of the strokes, and samples take the first ones. Independent of the run's seed.
    const order = Random.seeded(0, 'points-file').permutation(count);
    const held = Math.min(count - 1, Math.max(1, Math.round(count * options.split)));
    const part = (indices: Uint32Array): Float32Array =>
      Float32Array.from(
        { length: 2 * indices.length },
        (_, i) => values[2 * (indices[i >> 1] ?? 0) + (i % 2)] ?? 0,
      );
    return {
      train: pointExamples(part(order.subarray(held))),
      heldOut: pointExamples(part(order.subarray(0, held))),
      fingerprint: createHash('sha256').update(bytes).update(options.scale).digest('hex'),
    };
  },
});
