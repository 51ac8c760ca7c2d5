/** How many steps of a run are done: its record says so at checkpoints only, and people watch it between them. */

import type { RunSummary } from '../run-folder/list-runs';
import { isLive } from '../shared/run-format';
import type { ScoreLook } from './score-reader';

/** @param trainedStep the step that a training in this window has come to */
export function reachedStep(
  { record, status }: RunSummary,
  look: ScoreLook,
  trainedStep: number | undefined,
): number {
  // Records of a run that has ended may go beyond its checkpoint, and are taken back when it goes on.
  return Math.max(record.step, isLive(status) ? (look.step ?? 0) : 0, trainedStep ?? 0);
}
