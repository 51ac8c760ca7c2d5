/** The way to the parent of a process that trains, in the shape of the port that a thread has. */
import { EventEmitter } from 'node:events';
import type { Envelope, FromWorker, ToWorker } from '../shared/worker-protocol';
import type { ServerPort } from './training-server';

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

  /** What is said when nobody listens any more is lost; the run folder has it. */
  postMessage(message: Envelope<FromWorker>): void {
    if (!process.connected) return;
    this.#lastSent = new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
  }

  /** Disconnecting at once would lose the messages that are still on their way. */
  close(): void {
    void this.#lastSent.then(() => {
      if (process.connected) process.disconnect();
    });
  }
}

/** Undefined where no process has started this one to talk to it. */
export function parentProcessPort(): ServerPort | undefined {
  return process.send === undefined ? undefined : new ProcessPort();
}
