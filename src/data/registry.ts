/** The data sources that a config can name. */
import type { DataSource } from './source';
import { digits } from './sources/digits';
import { idx } from './sources/idx';
import { points2d } from './sources/points2d';

export const dataSources: readonly DataSource[] = [digits, idx, points2d];
