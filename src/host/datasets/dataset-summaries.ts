/** The summaries of data opened in this window, by experiment file. */
import { type Disposable, EventEmitter } from 'vscode';
import type { DatasetSummary } from '../../shared/dataset-protocol';

export class DatasetSummaries implements Disposable {
  readonly #summaries = new Map<string, DatasetSummary>();
  readonly #changed = new EventEmitter<void>();
  /** Fires when the summary of some data becomes known, and when the user refreshes the datasets. */
  readonly onDidChange = this.#changed.event;

  get(experimentFile: string): DatasetSummary | undefined {
    return this.#summaries.get(experimentFile);
  }

  set(experimentFile: string, summary: DatasetSummary): void {
    this.#summaries.set(experimentFile, summary);
    this.#changed.fire();
  }

  refresh(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
