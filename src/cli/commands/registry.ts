/** Every command of `gan`, in the order of its help. */
import type { GanCommand } from '../command';
import { bench } from './bench';
import { doctor } from './doctor';

export const commands: readonly GanCommand[] = [doctor, bench];
