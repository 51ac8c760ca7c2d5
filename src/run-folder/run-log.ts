/** `log.txt`: a human-readable log of the run. Never read back. */
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localizable } from '../shared/localizable-text';
import { RUN_FILES } from '../shared/run-format';
import { storageError } from '../storage/storage-error';

/** Throws `StorageError`. */
export async function appendLog(runFolder: string, message: string): Promise<void> {
  const path = join(runFolder, RUN_FILES.log);
  try {
    await appendFile(path, `${new Date().toISOString()} ${message}\n`);
  } catch (error) {
    throw storageError(localizable('write {0}', path), error);
  }
}
