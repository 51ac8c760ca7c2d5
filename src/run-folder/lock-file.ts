/** The lock file of a run, as read and judged by other processes. */
import * as z from 'zod';
import { localizable } from '../shared/localizable-text';
import { errorCode, storageError } from '../storage/storage-error';
import { readBounded } from './bounded-file';
import { RunFolderError } from './errors';
import { hasEnded, processIdentitySchema } from './process-identity';

/** Interval at which the holder increments its heartbeat. */
export const HEARTBEAT_INTERVAL_MS = 1_000;
/** A lock is stale once its heartbeat has not changed for this long. */
export const STALE_AFTER_MS = 15_000;

const lockSchema = z.object({
  schemaVersion: z.int(),
  /** Unique per acquisition; becomes part of a file name, so it must be a plain UUID. */
  token: z.uuid(),
  owner: processIdentitySchema,
  heartbeat: z.int(),
});

export type LockContent = z.infer<typeof lockSchema>;

/** A lock is a few hundred bytes. */
const MAX_BYTES = 2 ** 16;

/** `unreadable`: the writer died before writing the lock, or is about to write it, or the file is not a lock. */
export type LockReading = LockContent | 'absent' | 'unreadable';

export async function readLock(path: string): Promise<LockReading> {
  let text: string;
  try {
    text = (await readBounded(path, MAX_BYTES)).toString();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'absent';
    if (error instanceof RunFolderError) return 'unreadable';
    throw storageError(localizable('read {0}', path), error);
  }
  try {
    return lockSchema.safeParse(JSON.parse(text)).data ?? 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** The value that changes while a lock is alive. */
function pulse(lock: LockContent | 'unreadable'): string {
  return lock === 'unreadable' ? lock : `${lock.token} ${lock.heartbeat}`;
}

/**
 * Detects stale locks over repeated checks: the holder is dead if its process has ended on this machine, or if its
 * heartbeat has not changed for `STALE_AFTER_MS` between two checks. A lock seen for the first time counts as alive.
 */
export class LockObserver {
  readonly #seen = new Map<string, { readonly pulse: string; readonly sinceMs: number }>();
  readonly #nowMs: () => number;

  /** `nowMs` is a monotonic clock. */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** `path` is the lock file. */
  async isHeld(path: string): Promise<boolean> {
    return this.judge(path, await readLock(path));
  }

  judge(path: string, lock: LockReading): boolean {
    if (lock === 'absent' || (lock !== 'unreadable' && hasEnded(lock.owner))) {
      this.#seen.delete(path);
      return false;
    }
    const seen = this.#seen.get(path);
    const present = pulse(lock);
    if (seen?.pulse === present) return this.#nowMs() - seen.sinceMs < STALE_AFTER_MS;
    this.#seen.set(path, { pulse: present, sinceMs: this.#nowMs() });
    return true;
  }
}
