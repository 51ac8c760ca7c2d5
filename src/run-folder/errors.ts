/** Errors of run folders, each with a remedy for the user. */
import { WorkbenchError } from '../shared/errors';
import { localizable } from '../shared/localizable-text';
import type { RunRecord } from '../shared/run-format';

/** Remedy for files that only GAN Workbench writes. */
export const RESTORE_FILE = localizable(
  'Run folders must not be edited by hand. Restore the file from a backup, or delete the run.',
);

/** The folder is not a complete run: a file is missing, unreadable or of a newer version. */
export class RunFolderError extends WorkbenchError {}

/** Another process is training this run. */
export class RunLockedError extends WorkbenchError {}

/** The lock was lost to another process; nothing more may be written. */
export class RunLockLostError extends WorkbenchError {}

/** The folder was deleted or moved during training: there is nothing left to write to or to resume. */
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

/** The records were replaced or truncated by another program during training. */
export class MetricsChangedError extends WorkbenchError {
  constructor(path: string) {
    super(
      localizable('{0} was changed by another program during training.', path),
      localizable('Restore the file from a backup if records are missing, then resume the run.'),
    );
  }
}

/** A checkpoint cannot be used, or no usable one exists. */
export class CheckpointError extends WorkbenchError {}
