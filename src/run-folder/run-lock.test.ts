import { spawnSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { RUN_FILES } from '../shared/run-format';
import { RunLockedError, RunLockLostError } from './errors';
import { type LockContent, LockObserver, readLock, STALE_AFTER_MS } from './lock-file';
import { hasEnded, ownIdentity, type ProcessIdentity } from './process-identity';
import { type LockTiming, RunLock } from './run-lock';

const ELSEWHERE: ProcessIdentity = { host: 'node-17', bootId: 'another', pid: 4242 };

function lockOf(owner: ProcessIdentity, heartbeat = 0): LockContent {
  return { schemaVersion: 1, token: '00000000-0000-4000-8000-000000000000', owner, heartbeat };
}

/** A clock that advances only during `wait`; `onWait` runs meanwhile. */
function manualTime(
  onWait: () => Promise<void> = async () => undefined,
): LockTiming & { waitedMs: () => number } {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    wait: async (milliseconds) => {
      nowMs += milliseconds;
      await onWait();
    },
    waitedMs: () => nowMs,
  };
}

async function folderWithLock(content: LockContent | string): Promise<{ folder: string; path: string }> {
  const folder = await temporaryFolder();
  const path = join(folder, RUN_FILES.lock);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return { folder, path };
}

/** A process that is certain to have ended. */
function endedProcess(): ProcessIdentity {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  return { ...ownIdentity(), pid };
}

describe('RunLock', () => {
  it('names its holder and goes when it is released', async () => {
    const folder = await temporaryFolder();
    const lock = await RunLock.acquire(folder);
    expect(await readLock(join(folder, RUN_FILES.lock))).toMatchObject({ owner: ownIdentity() });
    lock.check();
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes no lock for one that is far too large, or whose token would lead elsewhere', async () => {
    const { path } = await folderWithLock(' '.repeat(2 ** 17) + JSON.stringify(lockOf(ownIdentity())));
    expect(await readLock(path)).toBe('unreadable');
    await writeFile(path, JSON.stringify({ ...lockOf(ownIdentity()), token: '/../../elsewhere' }));
    expect(await readLock(path)).toBe('unreadable');
    await writeFile(path, JSON.stringify(lockOf(ownIdentity())));
    expect(await readLock(path)).toMatchObject({ heartbeat: 0 });
  });

  it('takes over the lock of a dead process of this machine at once', async () => {
    const { folder } = await folderWithLock(lockOf(endedProcess()));
    const time = manualTime();
    const lock = await RunLock.acquire(folder, time);
    expect(time.waitedMs()).toBe(0);
    expect(await readdir(folder)).toEqual([RUN_FILES.lock]);
    await lock.release();
  });

  it.runIf(process.platform === 'linux')(
    'takes over when the process id was given to another process',
    async () => {
      const { folder } = await folderWithLock(lockOf({ ...ownIdentity(), startTicks: '1' }));
      const lock = await RunLock.acquire(folder, manualTime());
      await lock.release();
    },
  );

  it('takes over the lock of another machine once its counter has stood still', async () => {
    const { folder } = await folderWithLock(lockOf(ELSEWHERE, 12));
    const time = manualTime();
    const lock = await RunLock.acquire(folder, time);
    expect(time.waitedMs()).toBe(STALE_AFTER_MS);
    await lock.release();
  });

  it('refuses the lock of a process whose counter moves, and names it', async () => {
    const { folder, path } = await folderWithLock(lockOf(ELSEWHERE, 12));
    let heartbeat = 12;
    const time = manualTime(() => writeFile(path, JSON.stringify(lockOf(ELSEWHERE, ++heartbeat))));
    await expect(RunLock.acquire(folder, time)).rejects.toThrow(RunLockedError);
    await expect(RunLock.acquire(folder, time)).rejects.toThrow('process 4242 on node-17');
  });

  it('takes over a lock whose writer died before it had written it', async () => {
    const { folder } = await folderWithLock('');
    const lock = await RunLock.acquire(folder, manualTime());
    await lock.release();
  });

  it('goes to exactly one of several that find it dead at the same time', async () => {
    const { folder } = await folderWithLock(lockOf(endedProcess()));
    const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => RunLock.acquire(folder)));
    const locks = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
    expect(locks).toHaveLength(1);
    for (const attempt of attempts) {
      if (attempt.status === 'rejected') expect(attempt.reason).toBeInstanceOf(RunLockedError);
    }
    for (const lock of locks) await lock.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is noticed as lost when another process took over during a stand-still', async () => {
    const folder = await temporaryFolder();
    const time = manualTime();
    const lock = await RunLock.acquire(folder, time);
    const path = join(folder, RUN_FILES.lock);
    await rm(path);
    await writeFile(path, JSON.stringify(lockOf(ELSEWHERE)));
    await time.wait(60_000);
    expect(() => lock.check()).toThrow(RunLockLostError);
    await lock.release();
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(lockOf(ELSEWHERE));
  });
});

describe('LockObserver', () => {
  it('finds a counter that stands still, on the second look', async () => {
    const { path } = await folderWithLock(lockOf(ELSEWHERE, 12));
    const time = manualTime();
    const observer = new LockObserver(time.nowMs);
    expect(await observer.isHeld(path)).toBe(true);
    await time.wait(STALE_AFTER_MS - 1);
    expect(await observer.isHeld(path)).toBe(true);
    await time.wait(1);
    expect(await observer.isHeld(path)).toBe(false);
    await writeFile(path, JSON.stringify(lockOf(ELSEWHERE, 13)));
    expect(await observer.isHeld(path)).toBe(true);
  });

  it('finds a dead process of this machine at once, and no lock at all', async () => {
    const { folder, path } = await folderWithLock(lockOf(endedProcess()));
    const observer = new LockObserver();
    expect(await observer.isHeld(path)).toBe(false);
    expect(await observer.isHeld(join(folder, 'absent'))).toBe(false);
  });
});

describe('hasEnded', () => {
  it('is false for this very process', () => {
    expect(hasEnded(ownIdentity())).toBe(false);
  });

  it('is false where it cannot be told from here', () => {
    const { pid } = endedProcess();
    expect(hasEnded({ ...ownIdentity(), pid, host: 'node-17' })).toBe(false);
    expect(hasEnded({ ...ownIdentity(), pid, pidNamespace: 'another container' })).toBe(false);
  });
});
