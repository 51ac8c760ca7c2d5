/** Write access to one run: holds the lock from creation until `close`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type MetricsRecord,
  RUN_FILES,
  type RunEnding,
  type RunFailure,
  type RunRecord,
  type StopCause,
  type StoredRunStatus,
} from '../shared/run-format';
import { writeFileDurably } from '../storage/durable-file';
import { type Checkpoint, writeCheckpoint } from './checkpoints';
import { MetricsAppender } from './metrics-appender';
import type { RunLock } from './run-lock';
import { appendLog } from './run-log';
import { writeRunRecord } from './run-record';

/** Fields of `run.json` that change during training. */
export interface RunUpdate {
  readonly status?: StoredRunStatus;
  readonly step?: number;
  readonly totalSteps?: number;
  readonly trainingSeconds?: number;
  readonly engine?: RunRecord['engine'];
  readonly failure?: RunFailure;
  readonly ending?: RunEnding;
  readonly stoppedBy?: StopCause;
}

export class RunWriter {
  readonly folder: string;
  readonly #lock: RunLock;
  readonly #metrics: MetricsAppender;
  #record: RunRecord;

  private constructor(folder: string, lock: RunLock, metrics: MetricsAppender, record: RunRecord) {
    this.folder = folder;
    this.#lock = lock;
    this.#metrics = metrics;
    this.#record = record;
  }

  /** `lock` is the folder's lock, released by `close`; `record` is the content of its `run.json`. */
  static async open(folder: string, lock: RunLock, record: RunRecord): Promise<RunWriter> {
    const metrics = await MetricsAppender.open(join(folder, RUN_FILES.metrics));
    return new RunWriter(folder, lock, metrics, record);
  }

  get record(): RunRecord {
    return this.#record;
  }

  /** Throws `RunLockLostError`, as does every method that writes, in addition to `StorageError`. */
  checkLock(): void {
    this.#lock.check();
  }

  /** Whether the folder was deleted or moved; writes in progress may leave a partial folder behind. */
  isDeleted(): boolean {
    return ![RUN_FILES.run, RUN_FILES.lock].some((name) => existsSync(join(this.folder, name)));
  }

  /** Updates the record; clears the failure, ending and stop cause of an earlier update unless they are given again. */
  async update(update: RunUpdate): Promise<void> {
    this.checkLock();
    const { failure: _failure, ending: _ending, stoppedBy: _stoppedBy, ...rest } = this.#record;
    this.#record = { ...rest, ...update, updatedAt: new Date().toISOString() };
    await writeRunRecord(this.folder, this.#record);
  }

  /**
   * Records must be appended in order of step. Also throws `MetricsChangedError`.
   *
   * @returns whether the earlier records had been deleted and were restored
   */
  async append(record: MetricsRecord): Promise<{ readonly restored: boolean }> {
    this.checkLock();
    const restored = !this.isDeleted() && (await this.#metrics.isMissing());
    if (restored) await this.#metrics.restore();
    await this.#metrics.append(record);
    return { restored };
  }

  async log(message: string): Promise<void> {
    this.checkLock();
    await appendLog(this.folder, message);
  }

  /**
   * Durable once it returns; earlier records are flushed first, since a checkpoint implies that they exist. Returns its
   * path inside the run folder.
   */
  async writeCheckpoint(checkpoint: Checkpoint): Promise<string> {
    this.checkLock();
    await this.#metrics.flush();
    return await writeCheckpoint(this.folder, checkpoint);
  }

  /** `name` is a path inside the run folder. */
  async writeFile(name: string, ...chunks: readonly (Uint8Array | string)[]): Promise<void> {
    this.checkLock();
    await writeFileDurably(join(this.folder, name), ...chunks);
  }

  /** Releases the run. */
  async close(): Promise<void> {
    try {
      await this.#metrics.close();
    } finally {
      await this.#lock.release();
    }
  }
}
