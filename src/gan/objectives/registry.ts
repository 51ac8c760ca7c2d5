/** Every objective that a config can name. */
import { minimax } from './minimax';
import { nonSaturating } from './non-saturating';
import type { Objective } from './objective';

export const objectives: readonly Objective[] = [nonSaturating, minimax];
