/** Every open page of a data set, one for each experiment, and what has been learnt of data by opening it. */
import { resolve } from 'node:path';
import { type Disposable, EventEmitter, type WebviewPanel, window } from 'vscode';
import { PANELS } from '../../shared/contributions';
import type { DatasetSummary } from '../../shared/dataset-protocol';
import type { Host } from '../host';
import { createDatasetPanel, DatasetPanel } from './dataset-panel';
import { fileInState } from './page-messages';

export class Datasets implements Disposable {
  readonly #host: Host;
  readonly #panels = new Map<string, DatasetPanel>();
  readonly #summaries = new Map<string, DatasetSummary>();
  readonly #changed = new EventEmitter<void>();
  /** More is known of some data. */
  readonly onDidChange = this.#changed.event;
  readonly #serializer: Disposable;

  constructor(host: Host) {
    this.#host = host;
    this.#serializer = window.registerWebviewPanelSerializer(PANELS.dataset, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        const file = fileInState(state);
        if (file === undefined) panel.dispose();
        else this.#adopt(panel, file);
      },
    });
  }

  /** Shows the data of an experiment; brings it into the cache first where it is not there. */
  open(experimentFile: string): void {
    const file = resolve(experimentFile);
    const existing = this.#panels.get(file);
    if (existing !== undefined) existing.reveal();
    else this.#adopt(createDatasetPanel(file), file);
  }

  /** What opening the data of an experiment has shown in this window. */
  summaryOf(experimentFile: string): DatasetSummary | undefined {
    return this.#summaries.get(experimentFile);
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#changed.dispose();
    for (const panel of [...this.#panels.values()]) panel.dispose();
  }

  #adopt(panel: WebviewPanel, file: string): void {
    this.#panels.get(file)?.dispose();
    const page = new DatasetPanel(panel, this.#host, file, (summary) => {
      this.#summaries.set(file, summary);
      this.#changed.fire();
    });
    this.#panels.set(file, page);
    page.onDidDispose(() => {
      if (this.#panels.get(file) === page) this.#panels.delete(file);
    });
  }
}
