/** A process of the extension that is talked to by messages: its work may take long, or meet damaged files. */
import type { ChildProcess } from 'node:child_process';
import { Uri } from 'vscode';
import { forkNode } from '../shared/node-process';

export class MessageProcess<Sent extends object, Received> {
  readonly #child: ChildProcess;

  /** `script` is a file of `dist`; `onDeath` is called where it ends without having been told to. */
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
      // Pictures travel as bytes, not as text.
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

  /** It cancels what it is doing, takes away what is half done, and ends. */
  close(): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}
