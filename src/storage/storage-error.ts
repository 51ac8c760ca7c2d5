/** Turns file system errors (`ENOSPC`, `EACCES`, …) into messages that the user can act on. */
import { describeError, WorkbenchError } from '../shared/errors';
import { type LocalizableText, localizable } from '../shared/localizable-text';

/** A file or folder could not be written or read for a reason outside the program. */
export class StorageError extends WorkbenchError {}

/** Writing fails outside of runs too, so it does not speak of resuming one. */
const FREE_SPACE = localizable('Free up disk space, then try again. Everything written before is intact.');
const CHECK_PERMISSIONS = localizable('Check the permissions of the folder, or choose another one.');
const CHECK_PATH = localizable('Check the path.');

const REASONS: Readonly<Record<string, readonly [reason: LocalizableText, remedy: LocalizableText]>> = {
  ENOSPC: [localizable('no space is left on the device'), FREE_SPACE],
  EDQUOT: [localizable('the disk quota is exceeded'), FREE_SPACE],
  EACCES: [localizable('permission denied'), CHECK_PERMISSIONS],
  EPERM: [localizable('the operation is not permitted'), CHECK_PERMISSIONS],
  EROFS: [
    localizable('the file system is read-only'),
    localizable('Choose a folder on a writable file system.'),
  ],
  ENOENT: [
    localizable('it does not exist'),
    localizable('Check the path; the folder may have been moved or deleted.'),
  ],
  ENOTDIR: [localizable('part of the path is a file, not a folder'), CHECK_PATH],
  EISDIR: [localizable('it is a folder, not a file'), CHECK_PATH],
  EMFILE: [
    localizable('too many files are open'),
    localizable('Raise the limit of open files (`ulimit -n`).'),
  ],
  EIO: [
    localizable('the device reported an input/output error'),
    localizable('Check the disk, or choose another one.'),
  ],
};

/** The system error code of a thrown value, e.g. `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** `action` completes "Cannot …", e.g. `write /runs/00001-x/run.json`. Passes a `WorkbenchError` through unchanged. */
export function storageError(action: LocalizableText, error: unknown): WorkbenchError {
  if (error instanceof WorkbenchError) return error;
  const code = errorCode(error);
  const known = code === undefined ? undefined : REASONS[code];
  if (code === undefined || known === undefined)
    return new StorageError(
      localizable('Cannot {0}: {1}.', action, describeError(error)),
      localizable('Check the disk and the folder, then try again.'),
      { cause: error },
    );
  const [reason, remedy] = known;
  return new StorageError(localizable('Cannot {0}: {1} ({2}).', action, reason, code), remedy, {
    cause: error,
  });
}
