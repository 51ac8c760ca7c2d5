/** Appends records to `metrics.jsonl`, whole lines only: what a failed write left is cut off. */
import { type FileHandle, open } from 'node:fs/promises';
import { localizable } from '../shared/localizable-text';
import type { MetricsRecord } from '../shared/run-format';
import { storageError } from '../storage/storage-error';

export class MetricsAppender {
  readonly #path: string;
  readonly #file: FileHandle;
  /** Bytes in whole lines. */
  #size: number;
  /** Whether a part of a line may stand after them. */
  #torn = false;

  private constructor(path: string, file: FileHandle, size: number) {
    this.#path = path;
    this.#file = file;
    this.#size = size;
  }

  /** The file must end in a whole line or not exist. Throws `StorageError`. */
  static async open(path: string): Promise<MetricsAppender> {
    try {
      const file = await open(path, 'a');
      return new MetricsAppender(path, file, (await file.stat()).size);
    } catch (error) {
      throw storageError(localizable('open {0}', path), error);
    }
  }

  /** Throws `StorageError`; what was written of the line is cut off before the next one. */
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

  /** What was appended survives a loss of power after this. */
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
