/** One of our pages in a webview panel: its files and policy, validation of its messages, and its disposal. */
import { type Disposable, type Uri, type WebviewPanel, workspace } from 'vscode';
import type * as z from 'zod';
import { EnvelopeSequence, isEnvelope } from '../../shared/page-channel';
import { showPage } from './show-page';

export interface Page<Received> {
  /** Name of its script and style sheet in `dist/webview`, without extension. */
  readonly bundle: string;
  /** For screen readers. */
  readonly title: string;
  /** Schema of the messages that it may send. */
  readonly schema: z.ZodType<Received>;
}

export interface PageListeners<Received> {
  onMessage(message: Received): void | Promise<void>;
  /** Called with errors thrown by `onMessage`, and with a `z.ZodError` for a message that does not match the schema. */
  onProblem(problem: unknown): void;
  /** The user has granted trust to the workspace. */
  onTrust?(): void;
  onDispose?(): void;
}

export class PagePanel<Sent, Received> implements Disposable {
  readonly #panel: WebviewPanel;
  readonly #page: Page<Received>;
  readonly #listeners: PageListeners<Received>;
  readonly #sent = new EnvelopeSequence<Sent>();
  readonly #subscriptions: Disposable[];
  #isDisposed = false;

  constructor(
    panel: WebviewPanel,
    extensionUri: Uri,
    page: Page<Received>,
    listeners: PageListeners<Received>,
  ) {
    this.#panel = panel;
    this.#page = page;
    this.#listeners = listeners;
    this.#subscriptions = [
      panel.webview.onDidReceiveMessage((value: unknown) => this.#receive(value)),
      panel.onDidDispose(() => this.dispose()),
      workspace.onDidGrantWorkspaceTrust(() => listeners.onTrust?.()),
    ];
    showPage(panel, extensionUri, page);
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** False once it is disposed, when the editor would throw. */
  get isVisible(): boolean {
    return !this.#isDisposed && this.#panel.visible;
  }

  set title(title: string) {
    this.#panel.title = title;
  }

  reveal(preserveFocus = false): void {
    this.#panel.reveal(undefined, preserveFocus);
  }

  /** Dropped if the page has not loaded yet or is disposed. */
  post(message: Sent): void {
    if (!this.#isDisposed) void this.#panel.webview.postMessage(this.#sent.wrap(message));
  }

  /** Called when the page has loaded or reloaded: its messages are numbered from 0 again. */
  restart(): void {
    this.#sent.restart();
  }

  onDidChangeVisibility(listener: () => void): void {
    this.#subscriptions.push(this.#panel.onDidChangeViewState(listener));
  }

  onDidDispose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#listeners.onDispose?.();
    this.#panel.dispose();
  }

  async #receive(value: unknown): Promise<void> {
    if (!isEnvelope(value)) return;
    try {
      await this.#listeners.onMessage(this.#page.schema.parse(value.message));
    } catch (problem) {
      this.#listeners.onProblem(problem);
    }
  }
}
