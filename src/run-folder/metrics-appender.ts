/**
 * Appends records to `metrics.jsonl` in whole lines only: the remains of a failed write are truncated. Writing to a
 * deleted file succeeds on most systems and keeps nothing, so each append checks that the file is still there.
 */
import { type FileHandle, open, stat } from 'node:fs/promises';
import { localizable } from '../shared/localizable-text';
import type { MetricsRecord } from '../shared/run-format';
import { writeFileDurably } from '../storage/durable-file';
import { errorCode, storageError } from '../storage/storage-error';
import { MetricsChangedError } from './errors';

export class MetricsAppender {
  readonly #path: string;
  #file: FileHandle;
  /** Size of the complete lines in bytes. */
  #size: number;
  /** Whether a partial line may follow them. */
  #torn = false;

  private constructor(path: string, file: FileHandle, size: number) {
    this.#path = path;
    this.#file = file;
    this.#size = size;
  }

  /** The file must end in a complete line or not exist. Throws `StorageError`. */
  static async open(path: string): Promise<MetricsAppender> {
    try {
      // Readable as well, so that a deleted file can be restored.
      const file = await open(path, 'a+');
      return new MetricsAppender(path, file, (await file.stat()).size);
    } catch (error) {
      throw storageError(localizable('open {0}', path), error);
    }
  }

  /**
   * Throws `MetricsChangedError` if records were lost because the file was replaced or truncated, and `StorageError`; a
   * partially written line is truncated before the next append.
   */
  async append(record: MetricsRecord): Promise<void> {
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    try {
      await this.#checkUnchanged();
      if (this.#torn) await this.#file.truncate(this.#size);
      this.#torn = true;
      await this.#file.appendFile(line);
      this.#size += line.length;
      this.#torn = false;
    } catch (error) {
      throw storageError(localizable('write {0}', this.#path), error);
    }
  }

  async isMissing(): Promise<boolean> {
    try {
      await stat(this.#path);
      return false;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return true;
      throw storageError(localizable('read {0}', this.#path), error);
    }
  }

  /** Writes the records of the deleted file, which stays readable until it is closed, to a new one. */
  async restore(): Promise<void> {
    const deleted = this.#file;
    try {
      await writeFileDurably(this.#path, ...(this.#size === 0 ? [] : [recordsIn(deleted, this.#size)]));
      this.#file = await open(this.#path, 'a+');
      this.#torn = false;
      await deleted.close();
    } catch (error) {
      throw storageError(localizable('write {0}', this.#path), error);
    }
  }

  async #checkUnchanged(): Promise<void> {
    const [there, ours] = [await stat(this.#path, { bigint: true }), await this.#file.stat({ bigint: true })];
    if (there.ino !== ours.ino || ours.size < this.#size) throw new MetricsChangedError(this.#path);
  }

  /** After this, appended records survive a power loss. */
  async flush(): Promise<void> {
    try {
      await this.#file.sync();
    } catch (error) {
      throw storageError(localizable('flush {0}', this.#path), error);
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

function recordsIn(file: FileHandle, size: number): AsyncIterable<Uint8Array> {
  return file.createReadStream({ start: 0, end: size - 1, autoClose: false });
}
