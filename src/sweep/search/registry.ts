/** All search methods that a sweep can name. */
import { grid } from './grid';
import { random } from './random';
import type { SearchMethod } from './search';
import { tpe } from './tpe';

export const searchMethods: readonly SearchMethod[] = [random, grid, tpe];
