/**
 * Begins a new run with the weights that its config's `initialise` names. They are written into the run as a checkpoint
 * of step 0, so that resuming never depends on the run that they came from.
 */
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { ExperimentConfig } from '../config/schema';
import { type InitialWeights, type Misfit, withWeightsOf } from '../gan/initial-weights';
import { type Checkpoint, checkpointSteps, readCheckpoint } from '../run-folder/checkpoints';
import { readChosen } from '../run-folder/chosen-checkpoint';
import { createRun, type NewRun } from '../run-folder/create-run';
import { CheckpointError } from '../run-folder/errors';
import type { ResumePoint } from '../run-folder/resume-run';
import { readRunRecord } from '../run-folder/run-record';
import type { RunWriter } from '../run-folder/run-writer';
import { WorkbenchError } from '../shared/errors';
import { formatText, type LocalizableText, localizable, verbatim } from '../shared/localizable-text';
import { RUN_FILES, type RunParent } from '../shared/run-format';
import { errorCode, storageError } from '../storage/storage-error';
import type { TrainingTask } from '../training/task';
import { firstCheckpointState } from '../training/training-state';

/** The weights that an experiment starts from do not exist or do not fit its networks. */
export class InitialWeightsError extends WorkbenchError {}

type Initialisation = NonNullable<ExperimentConfig['initialise']>;

export interface WeightSource {
  /** Absolute path of the run folder or the checkpoint. */
  readonly path: string;
  /** Id of the run, or the name of a file that belongs to none. */
  readonly name: string;
  readonly checkpoint: Checkpoint;
}

export interface BegunRun {
  readonly run: RunWriter;
  readonly resumePoint?: ResumePoint;
  readonly remarks?: readonly LocalizableText[];
  readonly notices?: readonly LocalizableText[];
}

/** Weights that are listed one by one; a network of a stranger's file could have any number. */
const MAX_LISTED = 40;
const MAX_NAME = 120;

/**
 * Reads the weights that the config names; undefined if it names none.
 *
 * Throws `InitialWeightsError` if there is nothing at the path, and what reading a checkpoint throws if it is damaged
 * or none of this product.
 */
export async function readWeightSource(
  { initialise }: ExperimentConfig,
  baseFolder: string,
): Promise<WeightSource | undefined> {
  if (initialise === undefined) return undefined;
  const path = resolve(baseFolder, initialise.from);
  if (await isFolder(path)) {
    const { id } = await readRunRecord(path);
    return { path, name: id, checkpoint: await readChosen(path, initialise.checkpoint) };
  }
  return { path, name: await nameOfFile(path), checkpoint: await readCheckpoint(path) };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? ''))
      throw storageError(localizable('read {0}', path), error);
    throw new InitialWeightsError(
      localizable('There is no run or checkpoint to start from at {0}.', path),
      localizable('Correct "initialise.from". A relative path is relative to the experiment.'),
    );
  }
}

async function nameOfFile(path: string): Promise<string> {
  const folder = dirname(path);
  if (basename(folder) !== RUN_FILES.checkpoints) return basename(path);
  const runFolder = dirname(folder);
  const isRun = await stat(join(runFolder, RUN_FILES.run)).then(
    (info) => info.isFile(),
    () => false,
  );
  return basename(isRun ? runFolder : path);
}

/**
 * Creates a run; with a source, one that begins with its weights. Also throws `InitialWeightsError` if none of them
 * fits, or if some do not and the config does not skip them; nothing is written then.
 */
export async function beginRun(
  run: NewRun,
  task: TrainingTask,
  { initialise, seed }: ExperimentConfig,
  source: WeightSource | undefined,
): Promise<BegunRun> {
  if (initialise === undefined || source === undefined) return { run: await createRun(run) };
  const weights = withWeightsOf(source.checkpoint.leaves, task.initialState(seed), initialise);
  check(weights, initialise, source);
  const checkpoint = { leaves: weights.leaves, state: firstCheckpointState(seed) };
  const parent = parentOf(source, initialise, weights);
  return {
    run: await createRun({ parent, ...run, firstCheckpoint: checkpoint }),
    resumePoint: { isBeginning: true, checkpoint, seconds: 0, warnings: [] },
    remarks: [takenText(source, weights)],
    notices: skippedNotices(source, weights),
  };
}

/** Throws `CheckpointError` if resuming could only start from random weights. */
export async function expectFirstCheckpoint(
  runFolder: string,
  { initialise }: ExperimentConfig,
): Promise<void> {
  if (initialise === undefined || (await checkpointSteps(runFolder)).length > 0) return;
  throw new CheckpointError(
    localizable('{0} has no checkpoint, not even that of the weights it started from.', runFolder),
    localizable('Restore one from a backup, or train the experiment again.'),
  );
}

function check(
  { taken, misfits }: InitialWeights,
  { mismatch }: Initialisation,
  { path }: WeightSource,
): void {
  if (taken === 0)
    throw new InitialWeightsError(
      localizable('None of the weights in {0} fit the networks of the experiment:{1}', path, listed(misfits)),
      localizable('Start from a run with the same kind of networks, or remove "initialise".'),
    );
  if (misfits.length > 0 && mismatch === 'refuse')
    throw new InitialWeightsError(
      localizable(
        '{0} weights in {1} do not fit the networks of the experiment:{2}',
        misfits.length,
        path,
        listed(misfits),
      ),
      localizable(
        'Use the networks, image size and classes of that run, or set "initialise.mismatch" to "skip" to start these from random values.',
      ),
    );
}

function parentOf(
  { path, name, checkpoint }: WeightSource,
  { networks }: Initialisation,
  { isAveraged, misfits }: InitialWeights,
): RunParent {
  const skipped = {
    count: misfits.length,
    leaves: misfits.slice(0, MAX_LISTED).map((misfit) => formatText(misfitText(misfit))),
  };
  return {
    run: name,
    step: checkpoint.state.step,
    weights: { path, networks, isAveraged, ...(misfits.length === 0 ? {} : { skipped }) },
  };
}

function takenText(
  { name, checkpoint }: WeightSource,
  { taken, isAveraged }: InitialWeights,
): LocalizableText {
  const { step } = checkpoint.state;
  return isAveraged
    ? localizable(
        'Starts from {0} weights of {1}, step {2}: the generator’s are the moving average.',
        taken,
        name,
        step,
      )
    : localizable('Starts from {0} weights of {1}, step {2}.', taken, name, step);
}

function skippedNotices({ name }: WeightSource, { misfits }: InitialWeights): readonly LocalizableText[] {
  if (misfits.length === 0) return [];
  return [
    localizable('{0} weights of {1} do not fit and were skipped:{2}', misfits.length, name, listed(misfits)),
  ];
}

/** One line for each. */
function listed(misfits: readonly Misfit[]): LocalizableText {
  const more = misfits.length - MAX_LISTED;
  const lines = misfits.slice(0, MAX_LISTED).map(misfitText);
  if (more > 0) lines.push(localizable('and {0} more', more));
  return verbatim(...lines.flatMap((line) => ['\n  ', line]));
}

function misfitText({ leaf, found, needed }: Misfit): LocalizableText {
  const name = printable(leaf);
  if (found === undefined)
    return localizable('{0}: missing in the checkpoint, [{1}] in the experiment', name, extents(needed));
  if (needed === undefined)
    return localizable('{0}: [{1}] in the checkpoint, missing in the experiment', name, extents(found));
  return localizable(
    '{0}: [{1}] in the checkpoint, [{2}] in the experiment',
    name,
    extents(found),
    extents(needed),
  );
}

function extents(shape: readonly number[] = []): string {
  return shape.join(', ');
}

/** A name from a file is any text, which must not move the cursor of a terminal or pass for several lines. */
function printable(name: string): string {
  const text = name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd');
  return text.length > MAX_NAME ? `${text.slice(0, MAX_NAME)}…` : text;
}
