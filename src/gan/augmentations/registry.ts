/** All differentiable augmentations that a config can name, in the order in which they are applied. */
import type { Augmentation } from './augmentation';
import { colour } from './colour';
import { cutout } from './cutout';
import { flip } from './flip';
import { translation } from './translation';

export const augmentations: readonly Augmentation[] = [flip, colour, translation, cutout];
