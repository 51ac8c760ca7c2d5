/** One dashboard: a panel that shows one run, looks at its folder while it is visible and passes on what is new. */
import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';
import {
  commands,
  type Disposable,
  env,
  l10n,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { COMMANDS, PANELS } from '../../shared/contributions';
import {
  type CurveView,
  DASHBOARD_PROTOCOL_VERSION,
  type HostEnvelope,
  type HostMessage,
  type WebviewMessage,
} from '../../shared/dashboard-protocol';
import { describeError } from '../../shared/errors';
import { type ControlRequest, RUN_FILES, RUN_SCHEMA_VERSION, type RunLabels } from '../../shared/run-format';
import { readLabels } from '../../training/run-folder/control';
import { CurveStore } from './curve-store';
import { dashboardPage } from './page';
import { type RunChanges, RunHistory } from './run-history';
import { parseWebviewMessage } from './webview-messages';

const LIVE_INTERVAL_MS = 500;
/** Somebody may resume a run that has ended. */
const ENDED_INTERVAL_MS = 3_000;

/** The commands know whether the run is trained by this window, and whether the workspace is trusted. */
const CONTROL_COMMANDS: Readonly<Record<ControlRequest, string>> = {
  pause: COMMANDS.pauseTraining,
  continue: COMMANDS.resumeTraining,
  checkpoint: COMMANDS.saveCheckpoint,
  stop: COMMANDS.stopTraining,
};

/** The one folder from which a webview may load files. */
function webviewRoot(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** `storage` is the extension's own folder on this machine. */
export function openCurveStore(storage: Uri): CurveStore {
  return new CurveStore(Uri.joinPath(storage, 'curves').fsPath, () => workspace.isTrusted);
}

export function createDashboardPanel(extensionUri: Uri, folder: string): WebviewPanel {
  return window.createWebviewPanel(PANELS.dashboard, basename(folder), ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [webviewRoot(extensionUri)],
  });
}

export class DashboardPanel implements Disposable {
  readonly folder: string;
  readonly #panel: WebviewPanel;
  readonly #history: RunHistory;
  readonly #subscriptions: Disposable[] = [];
  #view: CurveView | undefined;
  #sequence = 0;
  #sentRun = '';
  #labelsProblem: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #disposed = false;

  constructor(panel: WebviewPanel, extensionUri: Uri, folder: string, store: CurveStore) {
    this.folder = folder;
    this.#panel = panel;
    this.#history = new RunHistory(folder, store);
    panel.iconPath = {
      dark: Uri.joinPath(extensionUri, 'media', 'activity.svg'),
      light: Uri.joinPath(extensionUri, 'media', 'activity-light.svg'),
    };
    this.#subscriptions.push(
      panel.webview.onDidReceiveMessage((value: unknown) => this.#receive(value)),
      panel.onDidChangeViewState(() => this.#schedule(0)),
      panel.onDidDispose(() => this.dispose()),
    );
    const root = webviewRoot(extensionUri);
    panel.webview.options = { enableScripts: true, localResourceRoots: [root] };
    const address = (name: string): string => panel.webview.asWebviewUri(Uri.joinPath(root, name)).toString();
    panel.webview.html = dashboardPage({
      cspSource: panel.webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
      script: address('main.js'),
      style: address('main.css'),
      icons: address('codicons.css'),
      language: env.language,
    });
  }

  get visible(): boolean {
    return this.#panel.visible;
  }

  onDidDispose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#panel.dispose();
  }

  #post(message: HostMessage): void {
    if (this.#disposed) return;
    const envelope: HostEnvelope = {
      ...message,
      protocol: DASHBOARD_PROTOCOL_VERSION,
      runId: basename(this.folder),
      sequence: this.#sequence++,
    };
    void this.#panel.webview.postMessage(envelope);
  }

  async #receive(value: unknown): Promise<void> {
    try {
      await this.#act(parseWebviewMessage(value));
    } catch (error) {
      this.#post({ type: 'refused', problem: describeError(error) });
    }
  }

  async #act(message: WebviewMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#view = message.view;
        this.#sequence = 0;
        return await this.#look(true);
      case 'view':
        this.#view = message.view;
        return this.#postCurves();
      case 'sample':
        return this.#post({
          type: 'sample',
          step: message.step,
          content: await this.#history.sample(message.step),
        });
      case 'control':
        return await this.#control(message.request);
      case 'openConfig': {
        const document = await workspace.openTextDocument(Uri.file(join(this.folder, RUN_FILES.config)));
        await window.showTextDocument(document, ViewColumn.Beside);
      }
    }
  }

  async #control(request: ControlRequest): Promise<void> {
    await commands.executeCommand(CONTROL_COMMANDS[request], this.folder);
    this.#schedule(0);
  }

  #schedule(afterMs: number): void {
    clearTimeout(this.#timer);
    if (this.#disposed || !this.#panel.visible) return;
    this.#timer = setTimeout(() => void this.#look(false), afterMs);
  }

  /** Looks at the folder, one look after the other, and sends what is new, or everything. */
  #look(everything: boolean): Promise<void> {
    this.#looking = this.#looking.then(() => this.#lookNow(everything));
    return this.#looking;
  }

  async #lookNow(everything: boolean): Promise<void> {
    // A webview that has not yet said that it is there would miss it.
    if (this.#disposed || this.#view === undefined) return;
    clearTimeout(this.#timer);
    try {
      const changes = await this.#history.refresh(async () => {
        await this.#postRun(true);
        this.#postCurves();
      });
      await this.#postChanges(everything ? { curves: true, samples: true } : changes, everything);
      await this.#history.keep();
    } catch (error) {
      this.#post({ type: 'refused', problem: describeError(error) });
    }
    this.#schedule(this.#isLive() ? LIVE_INTERVAL_MS : ENDED_INTERVAL_MS);
  }

  #isLive(): boolean {
    const { run } = this.#history;
    return run !== undefined && 'status' in run && ['created', 'running', 'paused'].includes(run.status);
  }

  async #postChanges(changes: RunChanges, everything: boolean): Promise<void> {
    await this.#postRun(everything || changes.curves);
    if (changes.curves) {
      this.#postCurves();
      this.#post({ type: 'findings', findings: this.#history.findings });
    }
    if (changes.samples) this.#post({ type: 'samples', steps: this.#history.samples });
    if (everything) this.#post({ type: 'config', config: await this.#history.config() });
  }

  async #postRun(hasProgressed: boolean): Promise<void> {
    const { run, folder } = this.#history;
    if (run === undefined) return;
    if ('problem' in run) {
      if (run.problem !== this.#sentRun || hasProgressed)
        this.#post({ type: 'damaged', folder, problem: run.problem });
      this.#sentRun = run.problem;
      return;
    }
    const labels = await this.#labels();
    const text = JSON.stringify([run, labels]);
    if (text === this.#sentRun && !hasProgressed) return;
    this.#sentRun = text;
    this.#panel.title = l10n.t('{0} – Dashboard', labels.name ?? run.record.id);
    const progress = this.#history.progress();
    const { record, status } = run;
    this.#post({
      type: 'run',
      folder,
      record,
      status,
      labels,
      ...(progress === undefined ? {} : { progress }),
    });
  }

  /** Labels that cannot be read must not hide the run; that they cannot is said once. */
  async #labels(): Promise<RunLabels> {
    try {
      const labels = await readLabels(this.folder);
      this.#labelsProblem = undefined;
      return labels;
    } catch (error) {
      const problem = describeError(error);
      if (problem !== this.#labelsProblem) this.#post({ type: 'refused', problem });
      this.#labelsProblem = problem;
      return { schemaVersion: RUN_SCHEMA_VERSION, tags: [], note: '' };
    }
  }

  #postCurves(): void {
    if (this.#view !== undefined) this.#post({ type: 'curves', slice: this.#history.curves(this.#view) });
  }
}
