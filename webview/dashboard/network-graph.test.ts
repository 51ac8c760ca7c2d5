import { expect, it } from 'vitest';
import { arcsOf } from './network-graph';

it('draws a chain as one line', () => {
  expect(arcsOf([[-1], [0], [1]]).map(({ lane }) => lane)).toEqual([0, 0, 0]);
});

it('nests the skip connections of a U-Net, and reuses lanes of those that do not overlap', () => {
  // Two levels down and up: layer 4 reads 1, layer 5 reads 0; then a residual block of its own.
  const arcs = arcsOf([[-1], [0], [1], [2], [1, 3], [0, 4], [5], [5, 6]]);
  const skips = arcs.filter(({ lane }) => lane > 0).map(({ from, to, lane }) => [from, to, lane]);
  expect(skips).toEqual([
    [5, 7, 1],
    [1, 4, 1],
    [0, 5, 2],
  ]);
});
