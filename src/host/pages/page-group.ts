/**
 * The open pages of one kind, one for each target, restored by VS Code after a reload. The implementation of a page,
 * including the validation library, is loaded when the first one opens.
 */
import { type Disposable, type WebviewPanel, window } from 'vscode';
import type { PanelId } from '../registry';
import type { PagePanel } from './page-panel';
import { createPanel, type PagePlacing } from './show-page';

export interface GroupedPage {
  readonly page: Pick<PagePanel<never, never>, 'reveal' | 'onDidDispose' | 'dispose'>;
}

/** A kind of page. */
export interface PageDefinition<Target, Opened extends GroupedPage> {
  /** Targets with the same key share a page. */
  keyOf(target: Target): string;
  /** Returns the target of a page from its persisted state; undefined if the page was closed before it saved any. */
  targetIn(state: unknown): Target | undefined;
  /** Title of the panel's tab. */
  titleOf(target: Target): string;
  open(panel: WebviewPanel, target: Target): Opened;
}

export class PageGroup<Target, Opened extends GroupedPage> implements Disposable {
  readonly #viewType: PanelId;
  readonly #load: () => Promise<PageDefinition<Target, Opened>>;
  #loading: Promise<PageDefinition<Target, Opened>> | undefined;
  #definition: PageDefinition<Target, Opened> | undefined;
  readonly #pages = new Map<string, Opened>();
  readonly #serializer: Disposable;

  constructor(viewType: PanelId, load: () => Promise<PageDefinition<Target, Opened>>) {
    this.#viewType = viewType;
    this.#load = load;
    this.#serializer = window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        const definition = await this.#loaded();
        const target = definition.targetIn(state);
        if (target === undefined) panel.dispose();
        else this.#adopt(definition, panel, target);
      },
    });
  }

  find(target: Target): Opened | undefined {
    const key = this.#definition?.keyOf(target);
    return key === undefined ? undefined : this.#pages.get(key);
  }

  /** Shows the page of the target; reveals an open one if it exists. */
  async show(target: Target, placing: PagePlacing = {}): Promise<void> {
    const definition = await this.#loaded();
    const existing = this.find(target);
    if (existing !== undefined) existing.page.reveal(placing.preserveFocus);
    else this.#adopt(definition, createPanel(this.#viewType, definition.titleOf(target), placing), target);
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const { page } of [...this.#pages.values()]) page.dispose();
  }

  async #loaded(): Promise<PageDefinition<Target, Opened>> {
    this.#loading ??= this.#load();
    this.#definition = await this.#loading;
    return this.#definition;
  }

  #adopt(definition: PageDefinition<Target, Opened>, panel: WebviewPanel, target: Target): void {
    const key = definition.keyOf(target);
    this.#pages.get(key)?.page.dispose();
    const opened = definition.open(panel, target);
    this.#pages.set(key, opened);
    opened.page.onDidDispose(() => {
      if (this.#pages.get(key) === opened) this.#pages.delete(key);
    });
  }
}
