/** The open dataset pages, one for each experiment, and the summaries of data opened in this window. */
import { resolve } from 'node:path';
import { type Disposable, EventEmitter } from 'vscode';
import { PANELS } from '../../shared/contributions';
import type { DatasetSummary } from '../../shared/dataset-protocol';
import type { Host } from '../host';
import { type PageFactory, PageGroup } from '../pages/page-group';
import type { DatasetPanel } from './dataset-panel';

export class Datasets implements Disposable {
  readonly #host: Host;
  readonly #pages: PageGroup<string, DatasetPanel>;
  readonly #summaries = new Map<string, DatasetSummary>();
  readonly #changed = new EventEmitter<void>();
  /** Fires when the summary of some data becomes known. */
  readonly onDidChange = this.#changed.event;

  constructor(host: Host) {
    this.#host = host;
    this.#pages = new PageGroup(
      PANELS.dataset,
      (file) => file,
      () => this.#load(),
    );
  }

  /** Shows the data of an experiment; packs it into the cache first if necessary. */
  async open(experimentFile: string): Promise<void> {
    await this.#pages.show(resolve(experimentFile));
  }

  /** The summary of an experiment's data, if it has been opened in this window. */
  summaryOf(experimentFile: string): DatasetSummary | undefined {
    return this.#summaries.get(experimentFile);
  }

  dispose(): void {
    this.#pages.dispose();
    this.#changed.dispose();
  }

  async #load(): Promise<PageFactory<string, DatasetPanel>> {
    const [{ createDatasetPanel, DatasetPanel }, { fileInState }] = await Promise.all([
      import('./dataset-panel'),
      import('./page-messages'),
    ]);
    return {
      targetIn: fileInState,
      createPanel: createDatasetPanel,
      open: (panel, file) =>
        new DatasetPanel(panel, this.#host, file, (summary) => {
          this.#summaries.set(file, summary);
          this.#changed.fire();
        }),
    };
  }
}
