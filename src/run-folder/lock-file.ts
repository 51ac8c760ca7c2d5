/** What stands in the lock file of a run, and how it is read and judged from outside. */
import * as z from 'zod';
import { localizable } from '../shared/localizable-text';
import { errorCode, storageError } from '../storage/storage-error';
import { readBounded } from './bounded-file';
import { RunFolderError } from './errors';
import { hasEnded, processIdentitySchema } from './process-identity';

/** The holder counts up this often. */
export const HEARTBEAT_INTERVAL_MS = 1_000;
/** A counter that stands still for so long belongs to nobody who is alive. */
export const STALE_AFTER_MS = 15_000;

const lockSchema = z.object({
  schemaVersion: z.int(),
  /** Distinguishes every acquisition from every other; part of a file's name, so that it must be nothing else. */
  token: z.uuid(),
  owner: processIdentitySchema,
  heartbeat: z.int(),
});

export type LockContent = z.infer<typeof lockSchema>;

/** A lock is a few hundred bytes. */
const MAX_BYTES = 2 ** 16;

/** `unreadable` is a lock whose writer died before it had written it, or is about to write it, and what is no lock. */
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

/** What must change for a lock to be alive. */
function pulse(lock: LockContent | 'unreadable'): string {
  return lock === 'unreadable' ? lock : `${lock.token} ${lock.heartbeat}`;
}

/**
 * Judges lock files that it sees again and again: the holder is dead when its process has ended on this machine, or
 * when its counter has stood still for `STALE_AFTER_MS` between two looks. What was seen once counts as alive.
 */
export class LockObserver {
  readonly #seen = new Map<string, { readonly pulse: string; readonly sinceMs: number }>();
  readonly #nowMs: () => number;

  /** `nowMs` is a clock that never jumps. */
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
