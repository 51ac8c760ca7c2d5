/**
 * Sets aside the files that a run wrote after the checkpoint it resumes from, so that records and samples have neither
 * gaps nor duplicates. Idempotent, and safe to kill at any point: a `.partial` folder is picked up again.
 */
import { createReadStream } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { localizable } from '../shared/localizable-text';
import { RUN_FILES, stepOfFileName } from '../shared/run-format';
import { createFolder, readFolder, syncFolder, writeFileDurably } from '../storage/durable-file';
import { errorCode, storageError } from '../storage/storage-error';

const PARTIAL = '.partial';

/** Number of bytes in a file after a position; 0 if the file does not exist. */
async function bytesAfter(path: string, position: number): Promise<number> {
  try {
    return Math.max(0, (await stat(path)).size - position);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 0;
    throw error;
  }
}

/** The copy is durable before the original is truncated. It is streamed: a long run can have gigabytes of records. */
async function cutRecords(metricsPath: string, end: number, target: string): Promise<void> {
  await writeFileDurably(join(target, RUN_FILES.metrics), createReadStream(metricsPath, { start: end }));
  const file = await open(metricsPath, 'r+');
  try {
    await file.truncate(end);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Files not named after a step are left in place. */
function isAfter(fileName: string, lastStep: number): boolean {
  const step = stepOfFileName(fileName);
  return step !== undefined && step > lastStep;
}

async function moveNewer(runFolder: string, name: string, lastStep: number, target: string): Promise<void> {
  const from = join(runFolder, name);
  const newer = (await readFolder(from)).filter((file) => isAfter(file, lastStep));
  if (newer.length === 0) return;
  await createFolder(join(target, name));
  for (const file of newer) await rename(join(from, file), join(target, name, file));
  await syncFolder(join(target, name));
  await syncFolder(from);
}

async function openDiscardFolder(runFolder: string): Promise<string> {
  const folder = join(runFolder, RUN_FILES.discarded);
  await createFolder(folder);
  const names = await readFolder(folder);
  const unfinished = names.find((name) => name.endsWith(PARTIAL));
  const number = String(names.length + 1).padStart(4, '0');
  const path = join(folder, unfinished ?? `${number}${PARTIAL}`);
  await createFolder(path);
  return path;
}

export interface KeptPart {
  /** -1 to keep nothing. */
  readonly lastStep: number;
  /** Byte offset of the end of the records up to that step. */
  readonly recordsEndByte: number;
}

/**
 * Moves records, samples and checkpoints after the kept part to `discarded/<n>`; returns that folder, or undefined if
 * there were none. Only the lock holder may call this. Throws `StorageError`.
 */
export async function discardAfter(
  runFolder: string,
  { lastStep, recordsEndByte }: KeptPart,
): Promise<string | undefined> {
  const metricsPath = join(runFolder, RUN_FILES.metrics);
  try {
    const tailBytes = await bytesAfter(metricsPath, recordsEndByte);
    const stepFiles = [
      ...(await readFolder(join(runFolder, RUN_FILES.samples))),
      ...(await readFolder(join(runFolder, RUN_FILES.checkpoints))),
    ];
    const hasFiles = stepFiles.some((name) => isAfter(name, lastStep));
    const unfinished = (await readFolder(join(runFolder, RUN_FILES.discarded))).some((name) =>
      name.endsWith(PARTIAL),
    );
    if (tailBytes === 0 && !hasFiles && !unfinished) return undefined;

    const partial = await openDiscardFolder(runFolder);
    if (tailBytes > 0) await cutRecords(metricsPath, recordsEndByte, partial);
    await moveNewer(runFolder, RUN_FILES.samples, lastStep, partial);
    await moveNewer(runFolder, RUN_FILES.checkpoints, lastStep, partial);
    const finished = partial.slice(0, -PARTIAL.length);
    await rename(partial, finished);
    await syncFolder(join(runFolder, RUN_FILES.discarded));
    return finished;
  } catch (error) {
    throw storageError(localizable('set aside the files after step {0} in {1}', lastStep, runFolder), error);
  }
}
