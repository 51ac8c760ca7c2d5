/** The data sources that a config can name. */
import type { DataSource } from './source';
import { digits } from './sources/digits';
import { emoji } from './sources/emoji';
import { faces } from './sources/faces';
import { fashion } from './sources/fashion';
import { idx } from './sources/idx';
import { mnist } from './sources/mnist';
import { points2d } from './sources/points2d';
import { shapes } from './sources/shapes';

export const dataSources: readonly DataSource[] = [
  digits,
  mnist,
  fashion,
  faces,
  shapes,
  emoji,
  idx,
  points2d,
];
