/** The page of one dataset: passes on what its process says, and what the page asks for. */
import { basename } from 'node:path';
import { commands, type Disposable, l10n, Uri, type WebviewPanel, window, workspace } from 'vscode';
import { COMMANDS, PANELS } from '../../shared/contributions';
import {
  DATASET_PROTOCOL_VERSION,
  type DatasetSummary,
  type FromDataset,
  type FromDatasetPage,
  type ToDataset,
  type ToDatasetPage,
} from '../../shared/dataset-protocol';
import { chosenThreads } from '../chosen-threads';
import type { Host } from '../host';
import { OwnProcess } from '../own-process';
import { createPanel, showPage } from '../webview-panel';
import { pageMessage } from './page-messages';
import { shownNews } from './shown-news';

function nameOf(experimentFile: string): string {
  return basename(experimentFile).replace(/\.gan\.json$/i, '');
}

export function createDatasetPanel(experimentFile: string): WebviewPanel {
  return createPanel(PANELS.dataset, l10n.t('{0} – Dataset', nameOf(experimentFile)));
}

export class DatasetPanel implements Disposable {
  readonly experimentFile: string;
  readonly #host: Pick<Host, 'log' | 'extensionUri'>;
  readonly #panel: WebviewPanel;
  readonly #onSummary: (summary: DatasetSummary) => void;
  readonly #trust: Disposable;
  #process: OwnProcess<ToDataset, FromDataset> | undefined;
  #isOpened = false;
  #isDisposed = false;

  constructor(
    panel: WebviewPanel,
    host: Pick<Host, 'log' | 'extensionUri'>,
    experimentFile: string,
    onSummary: (summary: DatasetSummary) => void,
  ) {
    this.experimentFile = experimentFile;
    this.#host = host;
    this.#panel = panel;
    this.#onSummary = onSummary;
    panel.webview.onDidReceiveMessage((value: unknown) => this.#receive(pageMessage(value)));
    panel.onDidDispose(() => this.dispose());
    this.#trust = workspace.onDidGrantWorkspaceTrust(() => this.#open());
    showPage(panel, host.extensionUri, { name: 'dataset', title: 'GAN Dataset' });
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
    this.#trust.dispose();
    this.#process?.close();
    this.#panel.dispose();
  }

  #receive(message: FromDatasetPage | undefined): void {
    switch (message?.type) {
      case 'ready':
      case 'again':
        this.#open();
        break;
      case 'cancel':
        // It was opened while the click was on its way: there is nothing left to cancel.
        if (this.#isOpened) break;
        this.#process?.close();
        this.#process = undefined;
        this.#post({ type: 'cancelled' });
        break;
      case 'trust':
        void commands.executeCommand('workbench.trust.manage');
        break;
      case 'images':
        this.#process?.send(message);
        break;
      case 'fetch':
        void commands.executeCommand(COMMANDS.fetchData, message.name).then(() => this.#open());
        break;
      case 'start':
        void commands.executeCommand(COMMANDS.startTraining, Uri.file(this.experimentFile));
        break;
      case 'edit':
        void window.showTextDocument(Uri.file(this.experimentFile), { preview: false });
        break;
    }
  }

  /** Anew, whatever was open: what the page shows is what is there now. */
  #open(): void {
    if (this.#isDisposed) return;
    this.#process?.close();
    this.#process = undefined;
    this.#isOpened = false;
    this.#post({ type: 'panel', name: nameOf(this.experimentFile), file: this.experimentFile });
    // A page that VS Code brings back comes by no command: an experiment decides which files are read.
    if (!workspace.isTrusted) {
      this.#post({
        type: 'failed',
        message: l10n.t('Trust this workspace to read its data.'),
        remedy: l10n.t('An experiment decides which files are read.'),
        needsTrust: true,
      });
      return;
    }
    const { log, extensionUri } = this.#host;
    const opened = new OwnProcess<ToDataset, FromDataset>(extensionUri, 'dataset.cjs', {
      onMessage: (message) => {
        if (this.#process !== opened) return;
        const shown = shownNews(message);
        if (shown.type === 'opened') {
          this.#isOpened = true;
          this.#onSummary(shown.summary);
        }
        this.#post(shown);
      },
      onOutput: (text) => log.info(text.trimEnd()),
      onDeath: (how) => {
        if (this.#process !== opened) return;
        this.#post({
          type: 'failed',
          message: l10n.t('The process that reads the data stopped unexpectedly ({0}).', how),
          remedy: l10n.t('See the log, then open the dataset again.'),
        });
      },
    });
    this.#process = opened;
    const threads = chosenThreads();
    opened.send({
      type: 'open',
      experimentFile: this.experimentFile,
      ...(threads === undefined ? {} : { threads }),
    });
  }

  #post(message: ToDatasetPage): void {
    if (!this.#isDisposed)
      void this.#panel.webview.postMessage({ ...message, protocol: DATASET_PROTOCOL_VERSION });
  }
}
