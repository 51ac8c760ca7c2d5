/** The open dashboards: one for each run and one for each comparison. */
import { resolve } from 'node:path';
import type { Disposable, Uri } from 'vscode';
import type { CurveStore } from '../../runs/curves/curve-store';
import { PANELS } from '../../shared/contributions';
import type { Host } from '../host';
import { type PageFactory, PageGroup } from '../pages/page-group';
import type { DashboardPanel } from './dashboard-panel';

/** Second argument of *Open Dashboard* that keeps the focus in the tree. */
export const KEEP_FOCUS = 'keepFocus';

type Folders = readonly string[];

function absolute(folders: Folders): Folders {
  return folders.map((folder) => resolve(folder));
}

export class Dashboards implements Disposable {
  readonly #host: Host;
  readonly #storage: Uri;
  #store: CurveStore | undefined;
  readonly #pages: PageGroup<Folders, DashboardPanel>;

  /** `storage` is the extension's storage folder on this machine. */
  constructor(host: Host, storage: Uri) {
    this.#host = host;
    this.#storage = storage;
    this.#pages = new PageGroup(
      PANELS.dashboard,
      (folders) => folders.join('\n'),
      () => this.#load(),
    );
  }

  /** Shows the dashboard of the runs in these folders; reveals an open one if it exists. */
  async open(...runFolders: Folders): Promise<void> {
    await this.show(runFolders, false);
  }

  async show(runFolders: Folders, preserveFocus: boolean): Promise<void> {
    await this.#pages.show(absolute(runFolders), preserveFocus);
  }

  /** Whether the dashboard of this single run is visible: a comparison does not show how runs ended. */
  isVisible(runFolder: string): boolean {
    return this.#pages.find(absolute([runFolder]))?.page.isVisible === true;
  }

  dispose(): void {
    this.#pages.dispose();
  }

  async #load(): Promise<PageFactory<Folders, DashboardPanel>> {
    const [{ createDashboardPanel, DashboardPanel, openCurveStore }, { foldersInState }] = await Promise.all([
      import('./dashboard-panel'),
      import('./page-messages'),
    ]);
    this.#store ??= openCurveStore(this.#storage);
    const store = this.#store;
    return {
      targetIn: foldersInState,
      createPanel: createDashboardPanel,
      open: (panel, folders) => new DashboardPanel(panel, this.#host, folders, store),
    };
  }
}
