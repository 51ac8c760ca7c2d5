import * as z from 'zod';
import { gridCoordinates } from '../parameter';
import { defineSearch } from './search';

export const grid = defineSearch({
  name: 'grid',
  title: 'Grid search',
  description:
    'Tries every combination, the last parameter changing fastest. Ranges are divided into `points` values.',
  options: z.strictObject({
    points: z
      .int()
      .min(1)
      .max(1000)
      .default(3)
      .describe('Number of values for each range, its ends included.'),
  }),
  learns: false,
  size: (parameters, { points }) =>
    parameters.reduce((product, parameter) => product * gridCoordinates(parameter, points).length, 1),
  propose({ parameters, index }, { points }) {
    let rest = index;
    const point: number[] = [];
    for (const parameter of parameters.toReversed()) {
      const coordinates = gridCoordinates(parameter, points);
      point.unshift(coordinates[rest % coordinates.length] ?? 0);
      rest = Math.floor(rest / coordinates.length);
    }
    return point;
  },
});
