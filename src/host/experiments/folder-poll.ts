/** Reads folders again and again while a view shows them. */
import type { Disposable } from 'vscode';

const POLL_INTERVAL_MS = 1_500;

export class FolderPoll implements Disposable {
  readonly #read: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;

  constructor(read: () => Promise<void>) {
    this.#read = read;
  }

  /** Polls until it is disposed. */
  watch(): Disposable {
    this.#timer ??= setInterval(() => void this.refresh(), POLL_INTERVAL_MS);
    void this.refresh();
    return this;
  }

  /** Calls made while the folders are read share that reading. */
  async refresh(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
