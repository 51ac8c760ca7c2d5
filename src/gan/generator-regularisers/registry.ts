/** All regularisers of the generator that a config can name. */
import type { GeneratorRegulariser } from './generator-regulariser';
import { pathLength } from './path-length';

export const generatorRegularisers: readonly GeneratorRegulariser[] = [pathLength];
