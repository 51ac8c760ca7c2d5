/** The filter on the runs of this window, until it is cleared or the window closes. */
import { commands, type Disposable, EventEmitter } from 'vscode';
import { CONTEXT_KEYS } from '../../shared/contributions';

export class FilterState implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #text = '';

  /** Empty if everything is shown. */
  get text(): string {
    return this.#text;
  }

  set(text: string): void {
    const trimmed = text.trim();
    if (trimmed === this.#text) return;
    this.#text = trimmed;
    void commands.executeCommand('setContext', CONTEXT_KEYS.isFiltered, trimmed !== '');
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
