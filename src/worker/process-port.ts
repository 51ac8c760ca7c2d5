/** Connection from a training process to its parent, with the interface of a thread's port. */
import { EventEmitter } from 'node:events';
import type { Envelope, FromWorker, ToWorker } from '../shared/worker-protocol';
import type { ServerPort } from './training-server';
import { parentChannel } from './while-loading';

interface PortEvents {
  message: [Envelope<ToWorker>];
  close: [];
}

class ProcessPort extends EventEmitter<PortEvents> implements ServerPort {
  #lastSent: Promise<void> = Promise.resolve();

  constructor() {
    super();
    process.on('message', (message: Envelope<ToWorker>) => this.emit('message', message));
    process.on('disconnect', () => this.emit('close'));
  }

  /** Messages sent after disconnection are lost, but the run folder has their content. */
  postMessage(message: Envelope<FromWorker>): void {
    if (!process.connected) return;
    this.#lastSent = new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
  }

  ref(): void {
    parentChannel.ref();
  }

  unref(): void {
    parentChannel.unref();
  }

  /** Disconnecting at once would lose the messages in flight. */
  close(): void {
    void this.#lastSent.then(() => {
      if (process.connected) process.disconnect();
    });
  }
}

/** Undefined if this process was started without an IPC channel. */
export function parentProcessPort(): ServerPort | undefined {
  return process.send === undefined ? undefined : new ProcessPort();
}
