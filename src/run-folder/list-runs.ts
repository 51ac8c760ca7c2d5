/** Lists runs and their status for observers: nothing here writes or locks. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Problem, problemOf, problemOfText } from '../shared/errors';
import { localizable } from '../shared/localizable-text';
import { RUN_FILES, type RunRecord, type RunStatus } from '../shared/run-format';
import { readFolder } from '../storage/durable-file';
import { runNumber } from './create-folder';
import type { LockObserver } from './lock-file';
import { completed } from './older-runs';
import { readRunRecord } from './run-record';

export interface RunSummary {
  /** Absolute path. */
  readonly folder: string;
  readonly record: RunRecord;
  readonly status: RunStatus;
}

/** A folder named like a run that is not a valid one. */
export interface DamagedRun extends Problem {
  readonly folder: string;
}

export type ListedRun = RunSummary | DamagedRun;

/** Enough to keep a disk busy, few enough for any limit on open files. */
const PARALLEL_READS = 32;

/**
 * Status and record of one run; a damaged run is returned, not thrown. A run that should be active but whose lock has
 * no live holder is `interrupted`. The death of a process on another machine is detected only if the same `observer`
 * checks again after `STALE_AFTER_MS`.
 */
export async function readRun(folder: string, observer: LockObserver): Promise<ListedRun> {
  const absolute = resolve(folder);
  try {
    const record = await completed(absolute, await readRunRecord(absolute));
    const ended = record.status === 'stopped' || record.status === 'completed' || record.status === 'failed';
    const held = !ended && (await observer.isHeld(join(absolute, RUN_FILES.lock)));
    return { folder: absolute, record, status: ended || held ? record.status : 'interrupted' };
  } catch (error) {
    const problem = existsSync(absolute)
      ? problemOf(error)
      : problemOfText(localizable('{0} was deleted or moved.', absolute));
    return { folder: absolute, ...problem };
  }
}

/** The runs in several `gan-runs` folders, ordered by folder, then by number. */
export async function listRuns(runsFolders: readonly string[], observer: LockObserver): Promise<ListedRun[]> {
  const folders: string[] = [];
  for (const runsFolder of runsFolders) {
    const names = (await readFolder(runsFolder)).filter((name) => runNumber(name) !== undefined);
    names.sort((a, b) => (runNumber(a) ?? 0) - (runNumber(b) ?? 0));
    folders.push(...names.map((name) => join(runsFolder, name)));
  }
  const runs: ListedRun[] = [];
  for (let begin = 0; begin < folders.length; begin += PARALLEL_READS) {
    const part = folders.slice(begin, begin + PARALLEL_READS);
    runs.push(...(await Promise.all(part.map((folder) => readRun(folder, observer)))));
  }
  return runs;
}
