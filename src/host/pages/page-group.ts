/**
 * The open pages of one kind, one for each target, restored by VS Code after a reload. The implementation of a page,
 * including the validation library, is loaded when the first one opens.
 */
import { type Disposable, type WebviewPanel, window } from 'vscode';
import type { PANELS } from '../../shared/contributions';
import type { PagePanel } from './page-panel';

export interface GroupedPage {
  readonly page: Pick<PagePanel<never, never>, 'reveal' | 'onDidDispose' | 'dispose'>;
}

/** Creates pages of one kind. */
export interface PageFactory<Target, Opened extends GroupedPage> {
  /** Returns the target of a page from its persisted state; undefined if the page was closed before it saved any. */
  targetIn(state: unknown): Target | undefined;
  createPanel(target: Target, preserveFocus: boolean): WebviewPanel;
  open(panel: WebviewPanel, target: Target): Opened;
}

export class PageGroup<Target, Opened extends GroupedPage> implements Disposable {
  readonly #keyOf: (target: Target) => string;
  readonly #load: () => Promise<PageFactory<Target, Opened>>;
  readonly #pages = new Map<string, Opened>();
  readonly #serializer: Disposable;

  constructor(
    viewType: (typeof PANELS)[keyof typeof PANELS],
    keyOf: (target: Target) => string,
    load: () => Promise<PageFactory<Target, Opened>>,
  ) {
    this.#keyOf = keyOf;
    this.#load = load;
    this.#serializer = window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        const factory = await load();
        const target = factory.targetIn(state);
        if (target === undefined) panel.dispose();
        else this.#adopt(factory, panel, target);
      },
    });
  }

  find(target: Target): Opened | undefined {
    return this.#pages.get(this.#keyOf(target));
  }

  /** Shows the page of the target; reveals an open one if it exists. */
  async show(target: Target, preserveFocus = false): Promise<Opened> {
    const factory = await this.#load();
    const existing = this.find(target);
    existing?.page.reveal(preserveFocus);
    return existing ?? this.#adopt(factory, factory.createPanel(target, preserveFocus), target);
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const { page } of [...this.#pages.values()]) page.dispose();
  }

  #adopt(factory: PageFactory<Target, Opened>, panel: WebviewPanel, target: Target): Opened {
    const key = this.#keyOf(target);
    this.#pages.get(key)?.page.dispose();
    const opened = factory.open(panel, target);
    this.#pages.set(key, opened);
    opened.page.onDidDispose(() => {
      if (this.#pages.get(key) === opened) this.#pages.delete(key);
    });
    return opened;
  }
}
