/** The page of one run's latents: passes on what its process says and what the page asks for, and saves pictures. */
import { basename, dirname, join } from 'node:path';
import { commands, type Disposable, l10n, Uri, type WebviewPanel, window, workspace } from 'vscode';
import { COMMANDS, PANELS } from '../../shared/contributions';
import {
  EXPLORER_PROTOCOL_VERSION,
  type ExplorerEnvelope,
  type FromExplorer,
  type FromExplorerPage,
  type ToExplorer,
  type ToExplorerPage,
} from '../../shared/explorer-protocol';
import type { Said } from '../../shared/said';
import type { Host } from '../host';
import { isWritingAllowed } from '../is-writing-allowed';
import { showFailure } from '../offer';
import { OwnProcess } from '../own-process';
import { translated } from '../said-texts';
import { tellSaved } from '../saved-file';
import { createPanel, showPage } from '../webview-panel';
import { explorerMessage } from './page-messages';

export interface ExplorerTarget {
  /** Absolute path. */
  readonly runFolder: string;
  /** The best checkpoint where it is left out, else the newest. */
  readonly step?: number;
}

/** What a run is called: its name of a person's, else that of its folder. */
function nameOf({ runs }: Host, runFolder: string): string {
  return runs.runs.find(({ run }) => run.folder === runFolder)?.labels.name ?? basename(runFolder);
}

export function createExplorerPanel(host: Host, { runFolder }: ExplorerTarget): WebviewPanel {
  return createPanel(PANELS.explorer, l10n.t('{0} – Latents', nameOf(host, runFolder)));
}

export class ExplorerPanel implements Disposable {
  readonly #runFolder: string;
  readonly #host: Host;
  readonly #panel: WebviewPanel;
  readonly #trust: Disposable;
  #step: number | undefined;
  #process: OwnProcess<ToExplorer, FromExplorer> | undefined;
  #isDisposed = false;

  constructor(panel: WebviewPanel, host: Host, { runFolder, step }: ExplorerTarget) {
    this.#runFolder = runFolder;
    this.#step = step;
    this.#host = host;
    this.#panel = panel;
    panel.webview.onDidReceiveMessage((value: unknown) => this.#receive(explorerMessage(value)));
    panel.onDidDispose(() => this.dispose());
    this.#trust = workspace.onDidGrantWorkspaceTrust(() => this.#open());
    showPage(panel, host.extensionUri, { name: 'explorer', title: 'GAN Latents' });
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Shows another checkpoint of the run. */
  load(step: number): void {
    this.#step = step;
    this.#process?.send({ type: 'load', step });
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

  #receive(message: FromExplorerPage | undefined): void {
    if (message === undefined) return;
    switch (message.type) {
      case 'ready':
      case 'again':
        this.#open();
        break;
      case 'openDashboard':
        void commands.executeCommand(COMMANDS.openDashboard, this.#runFolder);
        break;
      case 'trust':
        void commands.executeCommand('workbench.trust.manage');
        break;
      case 'load':
        this.load(message.step);
        break;
      default:
        this.#process?.send(message);
    }
  }

  /** Anew, whatever was open: the page knows nothing. */
  #open(): void {
    if (this.#isDisposed) return;
    this.#process?.close();
    const { log, extensionUri } = this.#host;
    const runFolder = this.#runFolder;
    const at = this.#step === undefined ? {} : { step: this.#step };
    this.#post({ type: 'panel', runFolder, ...at, name: nameOf(this.#host, runFolder) });
    const opened = new OwnProcess<ToExplorer, FromExplorer>(extensionUri, 'explorer.cjs', {
      onMessage: (message) => {
        if (this.#process !== opened) return;
        if (message.type === 'picture') void this.#save(message.png);
        else this.#post(shown(message));
      },
      onOutput: (text) => log.info(text.trimEnd()),
      onDeath: (how) => {
        if (this.#process !== opened) return;
        this.#post({
          type: 'failed',
          kind: 'other',
          message: l10n.t('The generator process ended unexpectedly ({0}).', how),
          remedy: l10n.t('See the GAN output channel for details, then open the latents again.'),
        });
      },
    });
    this.#process = opened;
    opened.send({ type: 'open', runFolder, ...at, isTrusted: workspace.isTrusted });
  }

  /** Beside the `gan-runs` folder: in a run folder only the run itself writes. */
  async #save(png: Uint8Array): Promise<void> {
    const runFolder = this.#runFolder;
    try {
      if (!(await isWritingAllowed())) return;
      const file = await window.showSaveDialog({
        title: l10n.t('Export Samples'),
        defaultUri: Uri.file(join(dirname(dirname(runFolder)), `${basename(runFolder)}-kept-samples.png`)),
        filters: { [l10n.t('PNG image')]: ['png'] },
      });
      if (file === undefined) return;
      await workspace.fs.writeFile(file, png);
      await tellSaved(l10n.t('Saved {0}.', basename(file.fsPath)), file);
    } catch (error) {
      showFailure(this.#host, error);
    }
  }

  #post(message: ToExplorerPage): void {
    if (this.#isDisposed) return;
    const envelope: ExplorerEnvelope = { ...message, protocol: EXPLORER_PROTOCOL_VERSION };
    void this.#panel.webview.postMessage(envelope);
  }
}

function shown(news: ShownNews<Said>): ShownNews<string> {
  if (news.type === 'noNeighbours') return { ...news, reason: translated(news.reason) };
  if (news.type !== 'failed') return news;
  return { ...news, message: translated(news.message), remedy: translated(news.remedy) };
}

type ShownNews<Text> = Exclude<FromExplorer<Text>, { readonly type: 'picture' }>;
