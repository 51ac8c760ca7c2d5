/** What can be wrong with a run folder, each said so that a person knows what to do. */
import { WorkbenchError } from '../shared/errors';
import { localizable } from '../shared/localizable-text';
import type { RunRecord } from '../shared/run-format';

/** What to do about a file that only GAN Workbench writes. */
export const RESTORE_FILE = localizable(
  'Run folders must not be edited by hand. Restore the file from a backup, or delete the run.',
);

/** A folder that is not a whole run: a file is missing, unreadable or of a newer version. */
export class RunFolderError extends WorkbenchError {}

/** Another process is training this run. */
export class RunLockedError extends WorkbenchError {}

/** The lock is no longer held, since another process has taken over; nothing more may be written. */
export class RunLockLostError extends WorkbenchError {}

/** The folder was deleted, or moved away, while the run was trained: there is nothing left to write to or to resume. */
export class RunDeletedError extends WorkbenchError {
  readonly runFolder: string;
  readonly record: RunRecord;

  constructor(runFolder: string, record: RunRecord, cause?: unknown) {
    super(
      localizable('The run’s folder was deleted during training: {0}.', runFolder),
      localizable('The run cannot be resumed. Train the experiment again.'),
      { cause },
    );
    this.runFolder = runFolder;
    this.record = record;
  }
}

/** A checkpoint that cannot be used, or none that can. */
export class CheckpointError extends WorkbenchError {}
