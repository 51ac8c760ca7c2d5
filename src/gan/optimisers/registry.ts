/** All optimisers that a config can name. */
import { adam } from './adam';
import type { Optimiser } from './optimiser';
import { rmsprop } from './rmsprop';

export const optimisers: readonly Optimiser[] = [adam, rmsprop];
