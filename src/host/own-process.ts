/** A process of ours, in which something is looked at that may take long, or meet damaged files. */
import { type ChildProcess, fork } from 'node:child_process';
import { Uri } from 'vscode';
import { threadPoolSize } from '../shared/thread-pool';

export class OwnProcess<Sent extends object, Received> {
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
    this.#child = fork(Uri.joinPath(extensionUri, 'dist', script).fsPath, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      // Pictures travel as bytes, not as text.
      serialization: 'advanced',
      // The executable of an extension host may be the editor itself.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', UV_THREADPOOL_SIZE: threadPoolSize() },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => listeners.onOutput(text));
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
