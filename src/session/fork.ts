/**
 * Continues from a checkpoint under a config that may have changed: from the checkpoint where the changed networks and
 * optimisers have the same leaves; otherwise, or with different data, from the beginning. Either way it is a new run,
 * which records its parent and the differences.
 */
import { configDifferences } from '../config/difference';
import type { ExperimentConfig } from '../config/schema';
import { DataError } from '../data/data-error';
import { checkpointPath, checkpointSteps, readCheckpoint } from '../run-folder/checkpoints';
import type { NewRun } from '../run-folder/create-run';
import { CheckpointError } from '../run-folder/errors';
import { forkRun } from '../run-folder/fork-run';
import { readRunRecord } from '../run-folder/run-record';
import { causeOf } from '../shared/errors';
import { type LocalizableText, localizable, verbatim } from '../shared/localizable-text';
import type { TrainingTask } from '../training/task';
import { checkLeaves } from '../training/training-state';
import { checkSameData } from './data-identity';
import { type BegunRun, beginRun, readWeightSource } from './initial-weights';

export interface Fork {
  readonly parentFolder: string;
  readonly stored: ExperimentConfig;
  readonly config: ExperimentConfig;
  /** Folder that relative paths in the config resolve against. */
  readonly baseFolder: string;
  /** 0 for the beginning, which needs no checkpoint. */
  readonly fromStep: number;
}

/**
 * The notices say why training starts over, if it does.
 *
 * @param task of the changed config
 * @param run with the current data
 * @throws what `forkRun` and `beginRun` throw, and `DataError` if the data itself has changed
 */
export async function openFork(
  { parentFolder, stored, config, baseFolder, fromStep }: Fork,
  task: TrainingTask,
  run: NewRun,
): Promise<BegunRun> {
  const parent = await readRunRecord(parentFolder);
  const changes = configDifferences(stored, config);
  const anew = async (reason: LocalizableText): Promise<BegunRun> => {
    const begun = await beginRun(
      { ...run, parent: { run: parent.id, step: 0, ...(changes.length === 0 ? {} : { changes }) } },
      task,
      config,
      await readWeightSource(config, baseFolder),
    );
    return {
      ...begun,
      notices: [localizable('Training starts over from step 0: {0}', reason), ...(begun.notices ?? [])],
    };
  };
  const steps = await checkpointSteps(parentFolder);
  if (fromStep === 0 && !steps.includes(0)) return await anew(localizable('as requested.'));
  const hasOtherData = changes.some(({ key }) => key.startsWith('data.') && key !== 'data.batchSize');
  try {
    if (run.data !== undefined) checkSameData(parent.data, run.data);
  } catch (error) {
    if (!(error instanceof DataError) || !hasOtherData) throw error;
    return await anew(localizable('the changed configuration uses different data.'));
  }
  if (steps.includes(fromStep) && changes.length > 0) {
    const { leaves } = await readCheckpoint(checkpointPath(parentFolder, fromStep));
    try {
      checkLeaves(leaves, task.initialState(config.seed));
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      return await anew(verbatim(causeOf(error)));
    }
  }
  const opened = await forkRun(
    { parentFolder, step: fromStep, ...(changes.length === 0 ? {} : { changes }) },
    run,
  );
  return opened;
}
