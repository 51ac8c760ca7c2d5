/**
 * Number of completed steps of a run: its record is updated only at checkpoints, but the user follows it in between.
 */

import type { RunSummary } from '../run-folder/list-runs';
import { isLive } from '../shared/run-format';
import type { ScoreLook } from './score-reader';

/** @param trainedStep the current step of training in this window */
export function reachedStep(
  { record, status }: RunSummary,
  look: ScoreLook,
  trainedStep: number | undefined,
): number {
  // Records of an ended run may go past its checkpoint, and are discarded when it is resumed.
  return Math.max(record.step, isLive(status) ? (look.step ?? 0) : 0, trainedStep ?? 0);
}
