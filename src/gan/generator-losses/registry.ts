/** All losses of the generator against its target that a config can name. */
import { crossEntropy } from './cross-entropy';
import { features } from './features';
import type { GeneratorLoss } from './generator-loss';
import { l1 } from './l1';
import { l2 } from './l2';

export const generatorLosses: readonly GeneratorLoss[] = [l1, l2, features, crossEntropy];
