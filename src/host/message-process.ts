/** A child process with a message channel, for work that may take long or read damaged files. */
import type { ChildProcess } from 'node:child_process';
import { Uri } from 'vscode';
import { forkNode } from '../shared/node-process';

export class MessageProcess<Sent extends object, Received> {
  readonly #child: ChildProcess;

  /** `script` is a file in `dist`; `onDeath` is called if the process ends unexpectedly. */
  constructor(
    extensionUri: Uri,
    script: string,
    listeners: {
      onMessage(message: Received): void;
      onOutput(text: string): void;
      onDeath(how: string): void;
    },
  ) {
    this.#child = forkNode(
      Uri.joinPath(extensionUri, 'dist', script).fsPath,
      (text) => listeners.onOutput(text),
      // Images are sent as bytes, not as text.
      { serialization: 'advanced' },
    );
    this.#child.on('message', (message: Received) => listeners.onMessage(message));
    this.#child.on('error', (error) => listeners.onDeath(error.message));
    this.#child.on('close', (code, signal) => {
      if (code !== 0) listeners.onDeath(signal ?? `${code}`);
    });
  }

  send(message: Sent): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** The process cancels its work, removes partial results and exits. */
  close(): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}
