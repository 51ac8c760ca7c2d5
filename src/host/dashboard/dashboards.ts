/** Every open dashboard: one for each run, brought back by VS Code after a reload. */
import { resolve } from 'node:path';
import { type Disposable, type Uri, type WebviewPanel, window } from 'vscode';
import { createDashboardPanel, DASHBOARD_VIEW_TYPE, DashboardPanel } from './dashboard-panel';
import { folderInState } from './webview-messages';

export class Dashboards implements Disposable {
  readonly #extensionUri: Uri;
  readonly #panels = new Map<string, DashboardPanel>();
  readonly #serializer: Disposable;

  constructor(extensionUri: Uri) {
    this.#extensionUri = extensionUri;
    this.#serializer = window.registerWebviewPanelSerializer(DASHBOARD_VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        const folder = folderInState(state);
        if (folder === undefined) panel.dispose();
        else this.#adopt(panel, folder);
      },
    });
  }

  /** Shows the dashboard of the run in this folder, the one that is open if there is one. */
  open(runFolder: string): void {
    const folder = resolve(runFolder);
    const existing = this.#panels.get(folder);
    if (existing !== undefined) existing.reveal();
    else this.#adopt(createDashboardPanel(this.#extensionUri, folder), folder);
  }

  /** Whether somebody can see the dashboard of this run. */
  isVisible(runFolder: string): boolean {
    return this.#panels.get(resolve(runFolder))?.visible ?? false;
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const panel of [...this.#panels.values()]) panel.dispose();
  }

  #adopt(panel: WebviewPanel, folder: string): void {
    this.#panels.get(folder)?.dispose();
    const dashboard = new DashboardPanel(panel, this.#extensionUri, folder);
    this.#panels.set(folder, dashboard);
    dashboard.onDidDispose(() => {
      if (this.#panels.get(folder) === dashboard) this.#panels.delete(folder);
    });
  }
}
