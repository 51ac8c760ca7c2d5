/** The page that shows images beside what a run has made of them, with a divider to drag across. */
import { basename, join } from 'node:path';
import { commands, Uri, type WebviewPanel } from 'vscode';
import type { FromTranslationPage, ToTranslationPage, Translation } from '../../shared/translation-protocol';
import { revealUri } from '../commands/locations';
import type { Services } from '../host';
import { showFailure } from '../offer';
import type { GroupedPage, PageDefinition } from '../pages/page-group';
import { type Page, PagePanel } from '../pages/page-panel';
import { COMMANDS } from '../registry';
import { translationInState, translationPageMessage } from './page-messages';
import { shownImage } from './shown-image';

const PAGE: Page<FromTranslationPage> = {
  bundle: 'translation',
  title: 'GAN Translated Images',
  schema: translationPageMessage,
};

export function translationPage(services: Services): PageDefinition<Translation, TranslationPanel> {
  return {
    keyOf: ({ place }) => place,
    targetIn: translationInState,
    titleOf: ({ place }) => basename(place),
    open: (panel, translation) => new TranslationPanel(panel, services, translation),
  };
}

class TranslationPanel implements GroupedPage {
  readonly #host: Services;
  #translation: Translation;
  readonly page: PagePanel<ToTranslationPage, FromTranslationPage>;

  constructor(panel: WebviewPanel, host: Services, translation: Translation) {
    this.#host = host;
    this.#translation = translation;
    this.page = new PagePanel(panel, host.extensionUri, PAGE, {
      onMessage: (message) => this.#act(message),
      onProblem: (problem) => showFailure(host, problem),
    });
  }

  /** The same file or folder has been written again. */
  load(translation: Translation): void {
    this.#translation = translation;
    this.#postPanel();
  }

  #postPanel(): void {
    const { runFolder } = this.#translation;
    const run = this.#host.runs.runs.find((one) => one.run.folder === runFolder);
    const name = run?.labels.name ?? basename(runFolder);
    this.page.post({ type: 'panel', translation: this.#translation, name });
  }

  async #act(message: FromTranslationPage): Promise<void> {
    const { runFolder, place } = this.#translation;
    switch (message.type) {
      case 'ready':
        this.page.restart();
        return this.#postPanel();
      case 'pair':
        return await this.#showPair(message.index);
      case 'openFolder':
        return await revealUri(Uri.file(place));
      case 'openDashboard':
        await commands.executeCommand(COMMANDS.openDashboard, runFolder);
        return;
      case 'applyToMore':
        await commands.executeCommand(COMMANDS.applyToImages, runFolder);
        return;
      case 'drop':
        await commands.executeCommand(COMMANDS.applyToImages, runFolder, message.dropped);
    }
  }

  async #showPair(index: number): Promise<void> {
    const { inputs, outputs, pairs } = this.#translation;
    const pair = pairs[index];
    if (pair === undefined) return;
    const [input, output] = await Promise.all([
      shownImage(join(inputs, ...pair.from.split('/'))),
      shownImage(join(outputs, ...pair.to.split('/'))),
    ]);
    this.page.post({ type: 'pair', index, input, output });
  }
}
