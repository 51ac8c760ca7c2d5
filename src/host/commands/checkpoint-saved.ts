/** Waits until another process has written the checkpoint requested from its run. Does not depend on VS Code. */
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkpointPath, checkpointSteps } from '../../run-folder/checkpoints';
import { isRequested, requestControl } from '../../run-folder/control';
import { readRunRecord } from '../../run-folder/run-record';
import { isLive } from '../../shared/run-format';

const INTERVAL_MS = 250;
/** A step may take long, but after this much silence users no longer remember their request. */
const PATIENCE_MS = 120_000;

interface Newest {
  readonly step: number;
  readonly writtenAt: number;
}

async function newestCheckpoint(runFolder: string): Promise<Newest | undefined> {
  const step = (await checkpointSteps(runFolder)).at(-1);
  if (step === undefined) return undefined;
  const found = await stat(checkpointPath(runFolder, step)).catch(() => undefined);
  return found === undefined ? undefined : { step, writtenAt: found.mtimeMs };
}

/** A run that is paused at a checkpoint writes no further one. */
async function isSavedAlready(runFolder: string, newest: Newest): Promise<boolean> {
  if (await isRequested(runFolder, 'checkpoint')) return false;
  const { status, step } = await readRunRecord(runFolder);
  return status === 'paused' && step === newest.step;
}

/** Requests a checkpoint and returns its step; undefined if the run ends without one, or on abort or timeout. */
export async function saveElsewhere(runFolder: string, signal: AbortSignal): Promise<number | undefined> {
  const before = await newestCheckpoint(runFolder);
  await requestControl(runFolder, 'checkpoint');
  const givesUp = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  while (!givesUp.aborted) {
    const newest = await newestCheckpoint(runFolder);
    const isNew = newest?.step !== before?.step || newest?.writtenAt !== before?.writtenAt;
    if (newest !== undefined && (isNew || (await isSavedAlready(runFolder, newest)))) return newest.step;
    if (!isLive((await readRunRecord(runFolder)).status)) return undefined;
    await sleep(INTERVAL_MS, undefined, { signal: givesUp }).catch(() => undefined);
  }
  return undefined;
}
