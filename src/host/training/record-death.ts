/** Records the end of a run whose worker died in its folder, since the worker could not. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readLock } from '../../run-folder/lock-file';
import { ownIdentity } from '../../run-folder/process-identity';
import { RunLock } from '../../run-folder/run-lock';
import { readRunRecord } from '../../run-folder/run-record';
import { RunWriter } from '../../run-folder/run-writer';
import { WorkbenchError } from '../../shared/errors';
import { formatText } from '../../shared/localizable-text';
import { RUN_FILES } from '../../shared/run-format';
import type { TrainingFailure } from '../../shared/worker-protocol';
import { recordFailure } from '../../training/record-failure';

/**
 * Call only after the worker has exited. Throws `RunLockedError` if another process has taken over the run in the
 * meantime, `StorageError`, `RunFolderError`.
 */
export async function recordDeath(
  runFolder: string,
  { message, remedy, said }: TrainingFailure,
  onWarning: (message: string) => void,
): Promise<void> {
  const lockFile = join(runFolder, RUN_FILES.lock);
  const lock = await readLock(lockFile);
  // The lock of a thread names this process, which outlives it.
  if (typeof lock !== 'string' && isDeepStrictEqual(lock.owner, ownIdentity()))
    await rm(lockFile, { force: true });
  const taken = await RunLock.acquire(runFolder);
  const record = await readRunRecord(runFolder).catch(async (error: unknown) => {
    await taken.release();
    throw error;
  });
  const run = await RunWriter.open(runFolder, taken, record);
  try {
    const error = new WorkbenchError(said?.message ?? message, said?.remedy ?? remedy);
    const progress = { step: record.step, seconds: record.trainingSeconds };
    await recordFailure(run, error, progress, (warning) => onWarning(formatText(warning)));
  } finally {
    await run.close();
  }
}
