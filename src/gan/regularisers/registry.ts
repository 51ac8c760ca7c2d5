/** Every regulariser that a config can name. */
import { r1 } from './r1';
import type { Regulariser } from './regulariser';

export const regularisers: readonly Regulariser[] = [r1];
