/** Opens a run to resume it: takes the lock, finds the newest valid checkpoint, and sets aside everything after it. */
import { join } from 'node:path';
import { causeOf, WorkbenchError } from '../shared/errors';
import { type LocalizableText, localizable, verbatim } from '../shared/localizable-text';
import { type GitState, type Intervention, RUN_FILES, type RunRecord } from '../shared/run-format';
import { removeTemporaryFiles } from '../storage/durable-file';
import { type Checkpoint, checkpointPath, checkpointSteps, readCheckpoint } from './checkpoints';
import { takeControlRequests } from './control';
import { discardAfter } from './discard';
import { CheckpointError, RESTORE_FILE, RunFolderError } from './errors';
import { readInterventions } from './interventions';
import { pathInRun } from './path-in-run';
import { surveyRecords } from './records-survey';
import { RunLock } from './run-lock';
import { readRunRecord } from './run-record';
import { RunWriter } from './run-writer';

/** The point to resume at: a checkpoint, or the start if the run was killed before its first checkpoint. */
export interface ResumePoint {
  /** Set if the run is new, and begins with the weights of another run. */
  readonly isBeginning?: true;
  readonly checkpoint: Checkpoint | undefined;
  /** Training time in seconds up to that point, over all sessions. */
  readonly seconds: number;
  /** All of the run's, and how many of them the records that are kept already have; missing for a new run. */
  readonly interventions?: { readonly all: readonly Intervention[]; readonly recorded: number };
  /** Warnings for the user: damaged checkpoints that were skipped, damaged records. */
  readonly warnings: readonly LocalizableText[];
}

export interface OpenedRun {
  readonly run: RunWriter;
  readonly resumePoint: ResumePoint;
}

interface ChosenCheckpoint {
  readonly checkpoint: Checkpoint | undefined;
  readonly warnings: readonly LocalizableText[];
}

async function newestGoodCheckpoint(runFolder: string): Promise<ChosenCheckpoint> {
  const warnings: LocalizableText[] = [];
  for (const step of (await checkpointSteps(runFolder)).reverse()) {
    try {
      const checkpoint = await readCheckpoint(checkpointPath(runFolder, step));
      return { checkpoint, warnings };
    } catch (error) {
      if (!(error instanceof WorkbenchError)) throw error;
      warnings.push(
        localizable('The checkpoint of step {0} cannot be used and was set aside: {1}', step, causeOf(error)),
      );
    }
  }
  if (warnings.length > 0) {
    throw new CheckpointError(
      localizable(
        'No checkpoint of {0} can be used:{1}',
        runFolder,
        verbatim(...warnings.flatMap((one) => ['\n', one])),
      ),
      localizable('Restore one from a backup, or train the experiment again.'),
    );
  }
  return { checkpoint: undefined, warnings: [] };
}

/** Throws `RunFolderError` if some that the checkpoint comes after are missing. */
async function interventionsOf(
  runFolder: string,
  checkpoint: Checkpoint | undefined,
): Promise<readonly Intervention[]> {
  const all = await readInterventions(runFolder);
  const { applied } = checkpoint?.state.interventions ?? { applied: 0 };
  if (applied <= all.length) return all;
  throw new RunFolderError(
    localizable(
      '{0} has {1} lines, but the checkpoint of step {2} comes after {3}.',
      join(runFolder, RUN_FILES.interventions),
      all.length,
      checkpoint?.state.step ?? 0,
      applied,
    ),
    RESTORE_FILE,
  );
}

async function prepare(runFolder: string): Promise<ResumePoint> {
  for (const name of ['.', RUN_FILES.samples, RUN_FILES.checkpoints]) {
    await removeTemporaryFiles(join(runFolder, name));
  }
  // Requests to an earlier session, such as stop, do not apply to this one.
  await takeControlRequests(runFolder);
  const { checkpoint, warnings } = await newestGoodCheckpoint(runFolder);
  const all = await interventionsOf(runFolder, checkpoint);
  const lastStep = checkpoint?.state.step ?? -1;
  const metrics = join(runFolder, RUN_FILES.metrics);
  const { endByte, seconds, interventions, damagedLines } = await surveyRecords(metrics, lastStep);
  await discardAfter(runFolder, { lastStep, recordsEndByte: endByte });
  const damage =
    damagedLines === 0 ? [] : [localizable('Damaged lines in {0}, left out: {1}', metrics, damagedLines)];
  return {
    checkpoint,
    seconds,
    interventions: { all, recorded: interventions },
    warnings: [...warnings, ...damage],
  };
}

/**
 * Keeps the state in which the run began, and adds the present one if the commit is another than before. A run without
 * the former keeps none: it would pass for the code that the run began with.
 */
function resumedAt(record: RunRecord, now: GitState | undefined, step: number): RunRecord {
  const { git } = record;
  const before = (git?.resumed?.at(-1) ?? git)?.commit;
  if (git === undefined || now?.commit === undefined || now.commit === before) return record;
  return { ...record, git: { ...git, resumed: [...(git.resumed ?? []), { ...now, step }] } };
}

/**
 * Throws `RunLockedError` if another process is training the run, `RunFolderError` if the folder is not a run,
 * `CheckpointError` if there are checkpoints but none is usable, and `StorageError`. Nothing is moved until the lock is
 * held and a checkpoint has been found.
 *
 * @param options.git the experiment's repository now; part of the record once training updates it
 */
export async function openRun(
  runFolder: string,
  { git }: { readonly git?: GitState | undefined } = {},
): Promise<OpenedRun> {
  for (const name of Object.values(RUN_FILES)) await pathInRun(runFolder, name);
  await readRunRecord(runFolder);
  const lock = await RunLock.acquire(runFolder);
  try {
    const record = await readRunRecord(runFolder);
    const resumePoint = await prepare(runFolder);
    const resumed = resumedAt(record, git, resumePoint.checkpoint?.state.step ?? 0);
    return { run: await RunWriter.open(runFolder, lock, resumed), resumePoint };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
