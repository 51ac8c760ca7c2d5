/** All pruning rules that a sweep can name. */
import { asha } from './asha';
import { median } from './median';
import { none } from './none';
import type { PruningRule } from './pruning';

export const pruningRules: readonly PruningRule[] = [asha, median, none];
