/** The table of all runs of the workspace: one panel, brought back by VS Code after a reload. */
import { isDeepStrictEqual } from 'node:util';
import { commands, type Disposable, l10n, type WebviewPanel, window } from 'vscode';
import { COMMANDS, PANELS } from '../../shared/contributions';
import {
  RUNS_TABLE_PROTOCOL_VERSION,
  type RunRow,
  type RunsTableEnvelope,
  type ToRunsTable,
} from '../../shared/runs-table-protocol';
import type { Host } from '../host';
import { createPanel, showPage } from '../webview-panel';
import { rowOf } from './rows';

/** Progress comes ten times a second; nobody reads a table that fast. */
const PROGRESS_INTERVAL_MS = 500;

export class RunsTable implements Disposable {
  readonly #host: Host;
  readonly #subscriptions: readonly Disposable[];
  #panel: RunsTablePanel | undefined;

  constructor(host: Host) {
    this.#host = host;
    this.#subscriptions = [
      window.registerWebviewPanelSerializer(PANELS.runsTable, {
        deserializeWebviewPanel: async (panel) => this.#adopt(panel),
      }),
      commands.registerCommand(COMMANDS.showRunsTable, () => {
        if (this.#panel === undefined) this.#adopt(createPanel(PANELS.runsTable, l10n.t('GAN Runs')));
        else this.#panel.reveal();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#panel?.dispose();
  }

  #adopt(panel: WebviewPanel): void {
    this.#panel?.dispose();
    const table = new RunsTablePanel(panel, this.#host);
    this.#panel = table;
    panel.onDidDispose(() => {
      if (this.#panel === table) this.#panel = undefined;
    });
  }
}

class RunsTablePanel implements Disposable {
  readonly #host: Host;
  readonly #panel: WebviewPanel;
  readonly #subscriptions: readonly Disposable[];
  #watching: Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;
  #shown: readonly RunRow[] | undefined;
  /** Runs whose thumbnail may have changed since the page got it. */
  readonly #outdated = new Set<string>();
  readonly #sentSteps = new Map<string, number>();
  #isSending = false;
  #isReady = false;
  #isDisposed = false;

  constructor(panel: WebviewPanel, host: Host) {
    this.#host = host;
    this.#panel = panel;
    host.training.events.on('changed', this.#showSoon);
    this.#subscriptions = [
      host.runs.onDidChange((folders) => {
        this.#show();
        void this.#sendThumbnails(folders);
      }),
      panel.onDidChangeViewState(() => this.#watch()),
      panel.onDidDispose(() => this.dispose()),
      panel.webview.onDidReceiveMessage((value: unknown) => this.#receive(value)),
    ];
    this.#watch();
    showPage(panel, host.extensionUri, { name: 'runs-table', title: 'GAN Runs' });
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#watching?.dispose();
    this.#host.training.events.off('changed', this.#showSoon);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#panel.dispose();
  }

  /** Folders are looked at as long as somebody sees the table. */
  #watch(): void {
    if (!this.#panel.visible) {
      this.#watching?.dispose();
      this.#watching = undefined;
    } else this.#watching ??= this.#host.runs.watch();
  }

  #receive(value: unknown): void {
    if (typeof value !== 'object' || value === null || !('type' in value)) return;
    if (value.type === 'ready') {
      this.#isReady = true;
      this.#shown = undefined;
      // Nothing is known of runs in a window that has not looked yet: an empty table would be a lie.
      this.#sentSteps.clear();
      void this.#host.runs.rediscover().then(() => {
        this.#show();
        return this.#sendThumbnails();
      });
    } else if (value.type === 'openRun' && 'folder' in value) {
      const known = this.#host.runs.runs.find(({ run }) => run.folder === value.folder);
      if (known !== undefined) void commands.executeCommand(COMMANDS.openDashboard, known.run.folder);
    }
  }

  /** One after the other, of these runs or of all. */
  async #sendThumbnails(folders?: readonly string[]): Promise<void> {
    const { runs, thumbnails } = this.#host;
    for (const folder of folders ?? runs.runs.map(({ run }) => run.folder)) this.#outdated.add(folder);
    if (!this.#isReady || this.#isSending) return;
    this.#isSending = true;
    // Folders that are added meanwhile have their turn, too.
    for (const folder of this.#outdated) {
      this.#outdated.delete(folder);
      const thumbnail = await thumbnails.of(folder);
      if (this.#isDisposed) return;
      if (thumbnail === undefined || this.#sentSteps.get(folder) === thumbnail.step) continue;
      this.#sentSteps.set(folder, thumbnail.step);
      this.#send({ type: 'thumbnail', folder, thumbnail });
    }
    this.#isSending = false;
  }

  #send(message: ToRunsTable): void {
    const envelope: RunsTableEnvelope = { ...message, protocol: RUNS_TABLE_PROTOCOL_VERSION };
    void this.#panel.webview.postMessage(envelope);
  }

  readonly #showSoon = (): void => {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#show();
    }, PROGRESS_INTERVAL_MS);
  };

  #show(): void {
    if (this.#isDisposed || !this.#isReady) return;
    const { runs, training } = this.#host;
    const rows = runs.runs.map((run) => {
      const { folder } = run.run;
      return rowOf(run, runs.scoreLook(folder), training.jobOfRun(folder)?.progress?.step);
    });
    if (isDeepStrictEqual(rows, this.#shown)) return;
    this.#shown = rows;
    this.#send({ type: 'rows', rows });
  }
}
