/** The data sources that a config can name. */
import type { DataSource } from './source';
import { cifar10 } from './sources/cifar10';
import { digits } from './sources/digits';
import { emoji } from './sources/emoji';
import { faces } from './sources/faces';
import { fashion } from './sources/fashion';
import { folder } from './sources/folder';
import { idx } from './sources/idx';
import { mnist } from './sources/mnist';
import { numpy } from './sources/numpy';
import { pairs } from './sources/pairs';
import { pointsFile } from './sources/points-file';
import { points2d } from './sources/points2d';
import { shapes } from './sources/shapes';
import { stackedDigits } from './sources/stacked-digits';

export const dataSources: readonly DataSource[] = [
  digits,
  mnist,
  stackedDigits,
  fashion,
  faces,
  shapes,
  emoji,
  folder,
  pairs,
  numpy,
  cifar10,
  idx,
  points2d,
  pointsFile,
];
