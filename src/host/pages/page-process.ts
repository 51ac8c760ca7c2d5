/** The process behind a page: one at a time; messages of a replaced process are ignored. */
import type { Host } from '../host';
import { MessageProcess } from '../message-process';

export interface PageProcessListeners<Received> {
  onMessage(message: Received): void;
  /** The process ended unexpectedly. */
  onDeath(how: string): void;
}

export class PageProcess<Sent extends object, Received> {
  readonly #host: Pick<Host, 'log' | 'extensionUri'>;
  readonly #script: string;
  readonly #listeners: PageProcessListeners<Received>;
  #process: MessageProcess<Sent, Received> | undefined;

  /** @param script a file in `dist` */
  constructor(
    host: Pick<Host, 'log' | 'extensionUri'>,
    script: string,
    listeners: PageProcessListeners<Received>,
  ) {
    this.#host = host;
    this.#script = script;
    this.#listeners = listeners;
  }

  /** Ends the current process, if any, and starts another with its first message. */
  restart(first: Sent): void {
    this.close();
    const { log, extensionUri } = this.#host;
    const started = new MessageProcess<Sent, Received>(extensionUri, this.#script, {
      onMessage: (message) => {
        if (this.#process === started) this.#listeners.onMessage(message);
      },
      onOutput: (text) => log.info(text.trimEnd()),
      onDeath: (how) => {
        if (this.#process === started) this.#listeners.onDeath(how);
      },
    });
    this.#process = started;
    started.send(first);
  }

  /** Dropped if no process is running. */
  send(message: Sent): void {
    this.#process?.send(message);
  }

  close(): void {
    this.#process?.close();
    this.#process = undefined;
  }
}
