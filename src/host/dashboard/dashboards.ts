/**
 * Every open dashboard: one for each run and one for each comparison, brought back by VS Code after a reload. What a
 * panel is made of, the validation library among it, is loaded when the first one opens.
 */
import { resolve } from 'node:path';
import { type Disposable, type Uri, type WebviewPanel, window } from 'vscode';
import type { CurveStore } from '../../runs/curves/curve-store';
import { PANELS } from '../../shared/contributions';
import type { Host } from '../host';
import type { DashboardPanel } from './dashboard-panel';

/** Second argument of *Open Dashboard* where the focus stays: whoever goes through the tree goes on there. */
export const KEEP_FOCUS = 'keepFocus';

type PanelModule = typeof import('./dashboard-panel');

function keyOf(folders: readonly string[]): string {
  return folders.join('\n');
}

export class Dashboards implements Disposable {
  readonly #host: Host;
  readonly #storage: Uri;
  #store: CurveStore | undefined;
  readonly #panels = new Map<string, DashboardPanel>();
  readonly #serializer: Disposable;

  /** `storage` is the extension's own folder on this machine. */
  constructor(host: Host, storage: Uri) {
    this.#host = host;
    this.#storage = storage;
    this.#serializer = window.registerWebviewPanelSerializer(PANELS.dashboard, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        const { foldersInState } = await import('./webview-messages');
        const folders = foldersInState(state);
        if (folders === undefined) panel.dispose();
        else this.#adopt(await import('./dashboard-panel'), panel, folders);
      },
    });
  }

  /** Shows the dashboard of the runs in these folders, the one that is open if there is one. */
  async open(...runFolders: readonly string[]): Promise<void> {
    await this.show(runFolders, false);
  }

  async show(runFolders: readonly string[], preserveFocus: boolean): Promise<void> {
    const folders = runFolders.map((folder) => resolve(folder));
    const module = await import('./dashboard-panel');
    const existing = this.#panels.get(keyOf(folders));
    if (existing !== undefined) existing.reveal(preserveFocus);
    else this.#adopt(module, module.createDashboardPanel(folders, preserveFocus), folders);
  }

  /** Whether somebody can see the dashboard of this run alone: a comparison does not say how runs ended. */
  isVisible(runFolder: string): boolean {
    return this.#panels.get(keyOf([resolve(runFolder)]))?.visible === true;
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const panel of [...this.#panels.values()]) panel.dispose();
  }

  #adopt(
    { DashboardPanel, openCurveStore }: PanelModule,
    panel: WebviewPanel,
    folders: readonly string[],
  ): void {
    this.#store ??= openCurveStore(this.#storage);
    const key = keyOf(folders);
    this.#panels.get(key)?.dispose();
    const dashboard = new DashboardPanel(panel, this.#host, folders, this.#store);
    this.#panels.set(key, dashboard);
    dashboard.onDidDispose(() => {
      if (this.#panels.get(key) === dashboard) this.#panels.delete(key);
    });
  }
}
