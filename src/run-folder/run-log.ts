/** `log.txt`: a human-readable log of the run. Never read back. */
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { localizable } from '../shared/localizable-text';
import { RUN_FILES } from '../shared/run-format';
import { errorCode, storageError } from '../storage/storage-error';
import { requireFile } from './bounded-file';

/** Throws `StorageError`, and `RunFolderError` if it is no file. */
export async function appendLog(runFolder: string, message: string): Promise<void> {
  const path = join(runFolder, RUN_FILES.log);
  try {
    await requireFile(path).catch((error: unknown) => {
      if (errorCode(error) !== 'ENOENT') throw error;
    });
    await appendFile(path, `${new Date().toISOString()} ${message}\n`);
  } catch (error) {
    throw storageError(localizable('write {0}', path), error);
  }
}
