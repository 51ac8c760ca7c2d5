/** Appends records to `metrics.jsonl` in whole lines only: the remains of a failed write are truncated. */
import { type FileHandle, open } from 'node:fs/promises';
import { localizable } from '../shared/localizable-text';
import type { MetricsRecord } from '../shared/run-format';
import { storageError } from '../storage/storage-error';

export class MetricsAppender {
  readonly #path: string;
  readonly #file: FileHandle;
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
      const file = await open(path, 'a');
      return new MetricsAppender(path, file, (await file.stat()).size);
    } catch (error) {
      throw storageError(localizable('open {0}', path), error);
    }
  }

  /** Throws `StorageError`; a partially written line is truncated before the next append. */
  async append(record: MetricsRecord): Promise<void> {
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    try {
      if (this.#torn) await this.#file.truncate(this.#size);
      this.#torn = true;
      await this.#file.appendFile(line);
      this.#size += line.length;
      this.#torn = false;
    } catch (error) {
      throw storageError(localizable('write {0}', this.#path), error);
    }
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
