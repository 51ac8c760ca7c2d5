/** The kinds of goals that a lesson can set. */

import { better } from './better';
import { finding } from './finding';
import type { GoalKind } from './goal';
import { score } from './score';
import { trained } from './trained';

export const goalKinds: readonly GoalKind[] = [trained, score, better, finding];
