/**
 * Ensures a single writer per run by means of a lock file. It is created exclusively, its heartbeat counter shows that
 * the holder is alive, and a stale lock is taken over.
 */
import { readFileSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { localizable } from '../shared/localizable-text';
import { RUN_FILES, RUN_SCHEMA_VERSION } from '../shared/run-format';
import { errorCode, storageError } from '../storage/storage-error';
import { RunLockedError, RunLockLostError } from './errors';
import { HEARTBEAT_INTERVAL_MS, type LockContent, LockObserver, readLock } from './lock-file';
import { ownIdentity } from './process-identity';

export interface LockTiming {
  /** A monotonic clock. */
  readonly nowMs: () => number;
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

const REAL_TIME: LockTiming = { nowMs: () => performance.now(), wait: sleep };

/** Fixed width, so that a new heartbeat overwrites the old one in place with one small write. */
const LOCK_BYTES = 512;

function lockText(content: LockContent): string {
  return `${JSON.stringify(content).padEnd(LOCK_BYTES - 1)}\n`;
}

function newContent(): LockContent {
  return {
    schemaVersion: RUN_SCHEMA_VERSION,
    token: crypto.randomUUID(),
    owner: ownIdentity(),
    heartbeat: 0,
  };
}

/** The open file, or undefined if the file already exists. */
async function createExclusively(path: string, content: LockContent): Promise<FileHandle | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, 'wx');
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return undefined;
    throw storageError(localizable('create {0}', path), error);
  }
  try {
    await file.write(lockText(content), 0);
    return file;
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw storageError(localizable('write {0}', path), error);
  }
}

/** Waits, if necessary, until it is clear whether the holder is alive. */
async function isHeldByTheLiving(path: string, timing: LockTiming): Promise<boolean> {
  const observer = new LockObserver(timing.nowMs);
  const first = await readLock(path);
  if (!observer.judge(path, first)) return false;
  for (;;) {
    await timing.wait(HEARTBEAT_INTERVAL_MS);
    const lock = await readLock(path);
    if (!observer.judge(path, lock)) return false;
    const moved =
      typeof lock !== 'string' &&
      (typeof first === 'string' || lock.token !== first.token || lock.heartbeat !== first.heartbeat);
    if (moved) return true;
  }
}

/**
 * Removes a stale lock. Of several processes that have detected it, only the one that creates the claim, which is named
 * after this particular lock, may remove it; the others fail.
 */
async function removeDeadLock(path: string, content: LockContent, timing: LockTiming): Promise<void> {
  const dead = await readLock(path);
  if (dead === 'absent') return;
  const deadName = dead === 'unreadable' ? 'unreadable' : dead.token;
  const claimPath = `${path}.${deadName}.claim`;
  let claim = await createExclusively(claimPath, content);
  if (claim === undefined && !(await isHeldByTheLiving(claimPath, timing))) {
    await rm(claimPath, { force: true });
    claim = await createExclusively(claimPath, content);
  }
  if (claim === undefined) throw await lockedError(path);
  try {
    const present = await readLock(path);
    const same = typeof present === 'string' ? present === deadName : present.token === deadName;
    if (same) await rm(path, { force: true });
  } finally {
    await claim.close();
    await rm(claimPath, { force: true });
  }
}

async function lockedError(path: string): Promise<RunLockedError> {
  const lock = await readLock(path);
  return new RunLockedError(
    localizable(
      'The run is being trained by {0} ({1}).',
      typeof lock === 'string'
        ? localizable('another process')
        : localizable('process {0} on {1}', lock.owner.pid, lock.owner.host),
      path,
    ),
    localizable('Stop it there first, or wait until it ends.'),
  );
}

export class RunLock {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #timing: LockTiming;
  readonly #timer: NodeJS.Timeout;
  #content: LockContent;
  #writing: Promise<void> | undefined;
  #checkedAtMs: number;

  private constructor(path: string, file: FileHandle, content: LockContent, timing: LockTiming) {
    this.#path = path;
    this.#file = file;
    this.#content = content;
    this.#timing = timing;
    this.#checkedAtMs = timing.nowMs();
    this.#timer = setInterval(() => this.#beat(), HEARTBEAT_INTERVAL_MS).unref();
  }

  /**
   * Acquires the lock of a run folder; takes over a stale lock, which can take `STALE_AFTER_MS` to detect. Throws
   * `RunLockedError` if the holder is alive, `StorageError` if the folder cannot be written.
   */
  static async acquire(runFolder: string, timing: LockTiming = REAL_TIME): Promise<RunLock> {
    const path = join(runFolder, RUN_FILES.lock);
    const content = newContent();
    let file = await createExclusively(path, content);
    if (file === undefined) {
      if (await isHeldByTheLiving(path, timing)) throw await lockedError(path);
      await removeDeadLock(path, content, timing);
      file = await createExclusively(path, content);
    }
    if (file === undefined) throw await lockedError(path);
    return new RunLock(path, file, content, timing);
  }

  #beat(): void {
    if (this.#writing !== undefined) return;
    this.#content = { ...this.#content, heartbeat: this.#content.heartbeat + 1 };
    this.#writing = this.#file.write(lockText(this.#content), 0).then(
      () => {
        this.#writing = undefined;
      },
      () => {
        // A failed write is just a missed heartbeat; `check` detects a lost lock.
        this.#writing = undefined;
      },
    );
  }

  /**
   * Must be called before any write to the run folder: after a suspension (a laptop's sleep, a long synchronous
   * computation) another process may have taken over. Throws `RunLockLostError`.
   */
  check(): void {
    const nowMs = this.#timing.nowMs();
    if (nowMs - this.#checkedAtMs < HEARTBEAT_INTERVAL_MS) return;
    if (!this.#isOurs()) {
      throw new RunLockLostError(
        localizable('Another process took over the run while this one was suspended ({0}).', this.#path),
        localizable('The other process continues the same run.'),
      );
    }
    this.#checkedAtMs = nowMs;
  }

  #isOurs(): boolean {
    try {
      return readFileSync(this.#path, 'utf8').includes(this.#content.token);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return false;
      throw storageError(localizable('read {0}', this.#path), error);
    }
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
    await this.#file.close();
    if (this.#isOurs()) await rm(this.#path, { force: true });
  }
}
