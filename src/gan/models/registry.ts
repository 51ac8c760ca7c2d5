/** Every model that a config can name. */
import { dcgan, dcganTextbook, gan, toy2d } from './definitions';
import type { ModelDefinition } from './model';

export const models: readonly ModelDefinition[] = [dcgan, dcganTextbook, gan, toy2d];
