/**
 * Every open dashboard: one for each run, brought back by VS Code after a reload. What a panel is made of, the
 * validation library among it, is loaded when the first one opens.
 */
import { resolve } from 'node:path';
import { type Disposable, type Uri, type WebviewPanel, window } from 'vscode';
import { PANELS } from '../../shared/contributions';
import type { CurveStore } from './curve-store';
import type { DashboardPanel } from './dashboard-panel';

type PanelModule = typeof import('./dashboard-panel');

export class Dashboards implements Disposable {
  readonly #extensionUri: Uri;
  readonly #storage: Uri;
  #store: CurveStore | undefined;
  readonly #panels = new Map<string, DashboardPanel>();
  readonly #serializer: Disposable;

  /** `storage` is the extension's own folder on this machine. */
  constructor(extensionUri: Uri, storage: Uri) {
    this.#extensionUri = extensionUri;
    this.#storage = storage;
    this.#serializer = window.registerWebviewPanelSerializer(PANELS.dashboard, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        const { folderInState } = await import('./webview-messages');
        const folder = folderInState(state);
        if (folder === undefined) panel.dispose();
        else this.#adopt(await import('./dashboard-panel'), panel, folder);
      },
    });
  }

  /** Shows the dashboard of the run in this folder, the one that is open if there is one. */
  async open(runFolder: string): Promise<void> {
    const folder = resolve(runFolder);
    const module = await import('./dashboard-panel');
    const existing = this.#panels.get(folder);
    if (existing !== undefined) existing.reveal();
    else this.#adopt(module, module.createDashboardPanel(this.#extensionUri, folder), folder);
  }

  /** Whether somebody can see the dashboard of this run. */
  isVisible(runFolder: string): boolean {
    return this.#panels.get(resolve(runFolder))?.visible ?? false;
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const panel of [...this.#panels.values()]) panel.dispose();
  }

  #adopt({ DashboardPanel, openCurveStore }: PanelModule, panel: WebviewPanel, folder: string): void {
    this.#store ??= openCurveStore(this.#storage);
    this.#panels.get(folder)?.dispose();
    const dashboard = new DashboardPanel(panel, this.#extensionUri, folder, this.#store);
    this.#panels.set(folder, dashboard);
    dashboard.onDidDispose(() => {
      if (this.#panels.get(folder) === dashboard) this.#panels.delete(folder);
    });
  }
}
