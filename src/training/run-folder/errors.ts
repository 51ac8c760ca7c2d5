/** What can be wrong with a run folder, each said so that a person knows what to do. */
import { WorkbenchError } from '../../shared/errors';

/** A folder that is not a whole run: a file is missing, unreadable or of a newer version. */
export class RunFolderError extends WorkbenchError {}

/** Another process is training this run. */
export class RunLockedError extends WorkbenchError {}

/** The lock was taken over by another process while this one stood still; nothing more may be written. */
export class RunLockLostError extends WorkbenchError {}

/** A checkpoint that cannot be used, or none that can. */
export class CheckpointError extends WorkbenchError {}
