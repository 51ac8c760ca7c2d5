/** The page of one data set: passes on what its process says, and what the page asks for. */
import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { commands, type Disposable, env, l10n, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { COMMANDS, PANELS } from '../../shared/contributions';
import {
  DATASET_PROTOCOL_VERSION,
  type DatasetSummary,
  type FromDatasetPage,
  type ToDatasetPage,
} from '../../shared/dataset-protocol';
import { webviewPage } from '../dashboard/page';
import type { Host } from '../host';
import { DatasetProcess } from './dataset-process';
import { pageMessage } from './page-messages';

function webviewRoot(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist', 'webview');
}

function nameOf(experimentFile: string): string {
  return basename(experimentFile).replace(/\.gan\.json$/i, '');
}

export function createDatasetPanel({ extensionUri }: Host, experimentFile: string): WebviewPanel {
  return window.createWebviewPanel(
    PANELS.dataset,
    l10n.t('{0} – Dataset', nameOf(experimentFile)),
    ViewColumn.Active,
    { enableScripts: true, localResourceRoots: [webviewRoot(extensionUri)] },
  );
}

export class DatasetPanel implements Disposable {
  readonly experimentFile: string;
  readonly #host: Host;
  readonly #panel: WebviewPanel;
  readonly #onSummary: (summary: DatasetSummary) => void;
  #process: DatasetProcess | undefined;
  #isDisposed = false;

  constructor(
    panel: WebviewPanel,
    host: Host,
    experimentFile: string,
    onSummary: (summary: DatasetSummary) => void,
  ) {
    this.experimentFile = experimentFile;
    this.#host = host;
    this.#panel = panel;
    this.#onSummary = onSummary;
    const root = webviewRoot(host.extensionUri);
    const address = (name: string): string => panel.webview.asWebviewUri(Uri.joinPath(root, name)).toString();
    panel.webview.options = { enableScripts: true, localResourceRoots: [root] };
    panel.webview.onDidReceiveMessage((value: unknown) => this.#receive(pageMessage(value)));
    panel.onDidDispose(() => this.dispose());
    panel.webview.html = webviewPage({
      cspSource: panel.webview.cspSource,
      title: 'GAN Dataset',
      nonce: randomBytes(16).toString('base64url'),
      script: address('dataset.js'),
      style: address('dataset.css'),
      icons: address('codicons.css'),
      language: env.language,
      texts: l10n.bundle ?? {},
    });
  }

  reveal(): void {
    this.#panel.reveal();
  }

  onDidDispose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#process?.close();
    this.#panel.dispose();
  }

  #receive(message: FromDatasetPage | undefined): void {
    switch (message?.type) {
      case 'ready':
      case 'again':
        this.#post({ type: 'panel', name: nameOf(this.experimentFile), file: this.experimentFile });
        this.#open();
        break;
      case 'images':
        this.#process?.send(message);
        break;
      case 'fetch':
        void commands.executeCommand(COMMANDS.fetchData, message.name).then(() => this.#open());
        break;
    }
  }

  /** Anew, whatever was open: what the page shows is what is there now. */
  #open(): void {
    if (this.#isDisposed) return;
    this.#process?.close();
    const { log, extensionUri } = this.#host;
    const opened = new DatasetProcess(extensionUri, {
      onMessage: (message) => {
        if (this.#process !== opened) return;
        if (message.type === 'opened') this.#onSummary(message.summary);
        this.#post(message);
      },
      onOutput: (text) => log.info(text.trimEnd()),
      onDeath: (how) => {
        if (this.#process !== opened) return;
        this.#post({
          type: 'failed',
          message: l10n.t('The process that reads the data died ({0}).', how),
          remedy: l10n.t('The log says more; open the data set again.'),
        });
      },
    });
    this.#process = opened;
    opened.send({ type: 'open', experimentFile: this.experimentFile });
  }

  #post(message: ToDatasetPage): void {
    if (!this.#isDisposed)
      void this.#panel.webview.postMessage({ ...message, protocol: DATASET_PROTOCOL_VERSION });
  }
}
