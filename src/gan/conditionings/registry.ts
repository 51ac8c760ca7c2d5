/** All discriminator conditionings that a config can name. */
import { auxiliaryClassifier } from './auxiliary-classifier';
import { concatenation } from './concatenation';
import type { Conditioning } from './conditioning';
import { projection } from './projection';

export const conditionings: readonly Conditioning[] = [concatenation, projection, auxiliaryClassifier];
