/**
 * Forks a run at an older checkpoint: creates a new run that names its parent, which is left unchanged. The new run
 * starts with copies of the parent's step records, scores, findings and samples up to that step, so that its curves and
 * sample slider are complete even if the parent is deleted. Events are the parent's own history and are not copied.
 */
import { copyFile, open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { anyOf, localizable } from '../shared/localizable-text';
import { type CheckpointState, type ConfigDifference, RUN_FILES, stepOfFileName } from '../shared/run-format';
import { readFolder } from '../storage/durable-file';
import { storageError } from '../storage/storage-error';
import { checkpointSteps, readCheckpointOf, writeCheckpoint } from './checkpoints';
import { createNumberedFolder } from './create-folder';
import { type NewRun, newRunRecord, writeConfig } from './create-run';
import { CheckpointError } from './errors';
import { readMetrics } from './metrics-reader';
import { pathInRun } from './path-in-run';
import { surveyRecords } from './records-survey';
import { type OpenedRun, openRun } from './resume-run';
import { readRunRecord, writeRunRecord } from './run-record';

export interface ForkPoint {
  readonly parentFolder: string;
  readonly step: number;
  /** Differences between the new run's config and the parent's. */
  readonly changes?: readonly ConfigDifference[];
}

async function copyRecords(parentFolder: string, step: number, folder: string): Promise<void> {
  const file = await open(join(folder, RUN_FILES.metrics), 'w');
  try {
    for await (const { record } of readMetrics(await pathInRun(parentFolder, RUN_FILES.metrics))) {
      if (record.step > step) break;
      if (record.type !== 'event') await file.appendFile(`${JSON.stringify(record)}\n`);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

async function copySamples(parentFolder: string, step: number, folder: string): Promise<void> {
  for (const name of await readFolder(await pathInRun(parentFolder, RUN_FILES.samples))) {
    const sampleStep = stepOfFileName(name);
    if (sampleStep === undefined || sampleStep > step) continue;
    const source = await pathInRun(parentFolder, RUN_FILES.samples, name);
    await copyFile(source, join(folder, RUN_FILES.samples, name));
  }
}

/** The config of the new run has the parent's changes already; the updates of its networks are still counted. */
function ownState(state: CheckpointState): CheckpointState {
  const { interventions } = state;
  return interventions === undefined ? state : { ...state, interventions: { ...interventions, applied: 0 } };
}

/**
 * Creates a run that continues from a checkpoint of another, and opens it. Throws `CheckpointError` or
 * `SafetensorsError` if that checkpoint is missing or damaged, `RunFolderError` if the parent is not a run, and
 * `StorageError`.
 */
export async function forkRun({ parentFolder, step, changes }: ForkPoint, run: NewRun): Promise<OpenedRun> {
  const parent = await readRunRecord(parentFolder);
  const steps = await checkpointSteps(parentFolder);
  if (!steps.includes(step)) {
    throw new CheckpointError(
      localizable('{0} has no checkpoint of step {1}.', parentFolder, step),
      steps.length === 0
        ? localizable('It has no checkpoints yet.')
        : localizable('Choose {0}.', anyOf(steps)),
    );
  }
  const checkpoint = await readCheckpointOf(parentFolder, step);
  const folder = await createNumberedFolder(run.runsFolder, run.experiment);
  try {
    await writeConfig(folder, run.config);
    await copyRecords(parentFolder, step, folder);
    await copySamples(parentFolder, step, folder);
    await writeCheckpoint(folder, { ...checkpoint, state: ownState(checkpoint.state) });
    const { seconds } = await surveyRecords(join(folder, RUN_FILES.metrics), step);
    await writeRunRecord(folder, {
      ...newRunRecord(folder, run),
      step,
      trainingSeconds: seconds,
      parent: { run: parent.id, step, ...(changes === undefined ? {} : { changes }) },
    });
  } catch (error) {
    throw storageError(
      localizable('copy step {0} of {1} to {2}', step, basename(parentFolder), folder),
      error,
    );
  }
  return await openRun(folder);
}
