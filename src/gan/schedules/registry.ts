/** All learning rate schedules that a config can name. */
import { constant } from './constant';
import { cosine } from './cosine';
import { exponential } from './exponential';
import { linear } from './linear';
import type { Schedule } from './schedule';

export const schedules: readonly Schedule[] = [constant, linear, cosine, exponential];
