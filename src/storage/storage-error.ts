/** Turns what the file system says (`ENOSPC`, `EACCES`, …) into a sentence that a person can act on. */
import { describeError, WorkbenchError } from '../shared/errors';

/** A file or folder that could not be written or read for a reason outside the program. */
export class StorageError extends WorkbenchError {}

const REASONS: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  ENOSPC: [
    'no space is left on the device',
    'Free some space, then resume the run: what was written before is whole.',
  ],
  EDQUOT: [
    'the disk quota is used up',
    'Free some space, then resume the run: what was written before is whole.',
  ],
  EACCES: ['permission is denied', 'Give yourself write permission for the folder, or choose another one.'],
  EPERM: [
    'the operation is not permitted',
    'Give yourself write permission for the folder, or choose another one.',
  ],
  EROFS: ['the file system is read-only', 'Choose a folder on a file system that can be written.'],
  ENOENT: ['it does not exist', 'Check the path; the folder may have been moved or deleted.'],
  ENOTDIR: ['a part of the path is a file, not a folder', 'Check the path.'],
  EISDIR: ['it is a folder, not a file', 'Check the path.'],
  EMFILE: ['too many files are open', 'Raise the limit of open files (`ulimit -n`).'],
  EIO: ['the device reported an input/output error', 'Check the disk, or choose another one.'],
};

/** The system's error code of anything that was thrown, e.g. `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** `action` completes "Cannot …", e.g. `write /runs/00001-x/run.json`. Errors that are ours pass unchanged. */
export function storageError(action: string, error: unknown): WorkbenchError {
  if (error instanceof WorkbenchError) return error;
  const code = errorCode(error);
  const known = code === undefined ? undefined : REASONS[code];
  const [reason, remedy] = known ?? [describeError(error), 'Check the disk and the folder, then try again.'];
  return new StorageError(`Cannot ${action}: ${reason}${known === undefined ? '' : ` (${code})`}.`, remedy, {
    cause: error,
  });
}
