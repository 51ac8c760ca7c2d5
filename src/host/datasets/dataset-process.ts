/** The process in which a data set is opened: decoding people's files can take long, and may meet damaged ones. */
import { type ChildProcess, fork } from 'node:child_process';
import { Uri } from 'vscode';
import type { FromDataset, ToDataset } from '../../shared/dataset-protocol';

export class DatasetProcess {
  readonly #child: ChildProcess;

  /** `onDeath` is called where it ends without having been told to. */
  constructor(
    extensionUri: Uri,
    listeners: {
      onMessage(message: FromDataset): void;
      onOutput(text: string): void;
      onDeath(how: string): void;
    },
  ) {
    this.#child = fork(Uri.joinPath(extensionUri, 'dist', 'dataset.cjs').fsPath, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      // Pictures travel as bytes, not as text.
      serialization: 'advanced',
      // The executable of an extension host may be the editor itself.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => listeners.onOutput(text));
    this.#child.on('message', (message: FromDataset) => listeners.onMessage(message));
    this.#child.on('error', (error) => listeners.onDeath(error.message));
    this.#child.on('close', (code, signal) => {
      if (code !== 0) listeners.onDeath(signal ?? `${code}`);
    });
  }

  send(message: ToDataset): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** It cancels what it is doing, takes away what is half done, and ends. */
  close(): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}
