/** All commands of `gan`, in the order of its help. */
import type { GanCommand } from '../command';
import { bench } from './bench';
import { course } from './course';
import { data } from './data';
import { describe } from './describe';
import { doctor } from './doctor';
import { evaluateCommand } from './evaluate';
import { exportCommand } from './export';
import { invert } from './invert';
import { mcp } from './mcp';
import { resume } from './resume';
import { runs } from './runs';
import { sample } from './sample';
import { sweep } from './sweep';
import { train } from './train';
import { translate } from './translate';

export const commands: readonly GanCommand[] = [
  train,
  resume,
  sweep,
  sample,
  exportCommand,
  translate,
  invert,
  evaluateCommand,
  describe,
  runs,
  data,
  doctor,
  bench,
  course,
  mcp,
];
