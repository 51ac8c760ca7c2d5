/** Chooses and reads a checkpoint of a run that another process may be training at the same time. */

import { anyOf, localizable } from '../shared/localizable-text';
import { errorCode, StorageError } from '../storage/storage-error';
import { type Checkpoint, checkpointSteps, readCheckpointOf } from './checkpoints';
import { CheckpointError } from './errors';
import { bestCheckpoint } from './scores';

/** A step, the best by score or, without scores, the newest; or the newest. */
export type CheckpointChoice = number | 'best' | 'newest';

/** A run in training removes old checkpoints, so a chosen one may vanish before it is read; newer ones exist then. */
export async function readChosen(
  runFolder: string,
  choice: CheckpointChoice,
  read = readCheckpointOf,
): Promise<Checkpoint> {
  for (;;) {
    const chosen = await chooseStep(runFolder, choice);
    try {
      return await read(runFolder, chosen);
    } catch (error) {
      const isRemoved = error instanceof StorageError && errorCode(error.cause) === 'ENOENT';
      if (!isRemoved || (await checkpointSteps(runFolder)).includes(chosen)) throw error;
    }
  }
}

/** Throws `CheckpointError` if there is no such checkpoint. */
async function chooseStep(runFolder: string, choice: CheckpointChoice): Promise<number> {
  const steps = await checkpointSteps(runFolder);
  const best = choice === 'best' ? await bestCheckpoint(runFolder, steps) : undefined;
  const chosen = typeof choice === 'number' ? choice : (best ?? steps.at(-1));
  if (chosen !== undefined && steps.includes(chosen)) return chosen;
  throw new CheckpointError(
    chosen === undefined
      ? localizable('{0} has no checkpoint yet.', runFolder)
      : localizable('{0} has no checkpoint of step {1}.', runFolder, chosen),
    steps.length === 0
      ? localizable('Train it until its first checkpoint.')
      : localizable('Choose {0}.', anyOf(steps)),
  );
}
