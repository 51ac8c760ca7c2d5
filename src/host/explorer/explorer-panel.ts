/** The latent explorer of one run: relays messages between its process and the webview, and saves images. */
import { basename, dirname, join } from 'node:path';
import { commands, l10n, Uri, type WebviewPanel, window, workspace } from 'vscode';
import { describeError } from '../../shared/errors';
import type {
  FromExplorer,
  FromExplorerPage,
  ToExplorer,
  ToExplorerPage,
} from '../../shared/explorer-protocol';
import type { LocalizableText } from '../../shared/localizable-text';
import type { Services } from '../host';
import { isWritingAllowed } from '../is-writing-allowed';
import { translated } from '../localized-texts';
import { showFailure } from '../offer';
import type { GroupedPage, PageDefinition } from '../pages/page-group';
import { type Page, PagePanel } from '../pages/page-panel';
import { PageProcess } from '../pages/page-process';
import { COMMANDS } from '../registry';
import { tellSaved } from '../saved-file';
import { AnimationSaver } from './animation-saver';
import { askForImage, placeDroppedImage } from './image-to-invert';
import { explorerPageMessage, runInState } from './page-messages';

export interface ExplorerTarget {
  /** Absolute path. */
  readonly runFolder: string;
  /** Defaults to the best checkpoint, else the newest. */
  readonly step?: number;
}

/** Name of a run: the user's label, else the name of its folder. */
function nameOf({ runs }: Services, runFolder: string): string {
  return runs.runs.find(({ run }) => run.folder === runFolder)?.labels.name ?? basename(runFolder);
}

const PAGE: Page<FromExplorerPage> = {
  bundle: 'explorer',
  title: 'GAN Latents',
  schema: explorerPageMessage,
};

export function explorerPage(services: Services): PageDefinition<ExplorerTarget, ExplorerPanel> {
  return {
    keyOf: ({ runFolder }) => runFolder,
    targetIn: runInState,
    titleOf: ({ runFolder }) => l10n.t('{0} – Latents', nameOf(services, runFolder)),
    open: (panel, target) => new ExplorerPanel(panel, services, target),
  };
}

class ExplorerPanel implements GroupedPage {
  readonly #runFolder: string;
  readonly #host: Services;
  readonly page: PagePanel<ToExplorerPage, FromExplorerPage>;
  readonly #process: PageProcess<ToExplorer, FromExplorer>;
  #step: number | undefined;
  /** The image whose latent is being searched for: the search starts anew if the page loads anew. */
  #inverting: string | undefined;
  readonly #animations: AnimationSaver;

  constructor(panel: WebviewPanel, host: Services, { runFolder, step }: ExplorerTarget) {
    this.#runFolder = runFolder;
    this.#step = step;
    this.#host = host;
    this.#process = new PageProcess(host, 'explorer.cjs', {
      onMessage: (message) => {
        if (message.type === 'picture') {
          void this.#save(message.png);
          return;
        }
        if (message.type === 'animating') {
          this.#animations.report(message.done, message.total);
          return;
        }
        if (message.type === 'animation') {
          this.#animations.end(message.bytes);
          return;
        }
        if (message.type === 'inverted' || message.type === 'notInverted') this.#inverting = undefined;
        this.page.post(shown(message));
      },
      onDeath: (how) => {
        this.#animations.end();
        this.page.post({
          type: 'failed',
          kind: 'other',
          message: l10n.t('The generator process ended unexpectedly ({0}).', how),
          remedy: l10n.t('See the GAN output channel for details, then open the latents again.'),
        });
      },
    });
    this.#animations = new AnimationSaver({
      runFolder,
      fail: (error) => showFailure(host, error),
      send: (message) => this.#process.send(message),
    });
    this.page = new PagePanel(panel, host.extensionUri, PAGE, {
      onMessage: (message) => this.#act(message),
      onProblem: (problem) => host.log.warn(describeError(problem)),
      onTrust: () => this.#open(),
      onDispose: () => {
        this.#animations.end();
        this.#process.close();
      },
    });
  }

  /** Shows another checkpoint of the run. */
  load(step: number): void {
    this.#step = step;
    this.#process.send({ type: 'load', step });
  }

  /** Finds the latent of an image, which the page then shows. */
  invert(file: string): void {
    this.#inverting = file;
    this.#process.send({ type: 'invert', file });
  }

  #act(message: FromExplorerPage): void {
    switch (message.type) {
      case 'ready':
      case 'again':
        this.#open();
        break;
      case 'openDashboard':
        void commands.executeCommand(COMMANDS.openDashboard, this.#runFolder);
        break;
      case 'export':
        void commands.executeCommand(COMMANDS.exportRun, this.#runFolder, message.step);
        break;
      case 'trust':
        void commands.executeCommand('workbench.trust.manage');
        break;
      case 'load':
        this.load(message.step);
        break;
      case 'chooseImage':
        void this.#invertFrom(askForImage);
        break;
      case 'saveAnimation':
        void this.#animations.save(message.places);
        break;
      case 'drop':
        void this.#invertFrom(() => placeDroppedImage(this.#host, message.dropped));
        break;
      default:
        this.#process.send(message);
    }
  }

  /** Reopens the run even if it is open: the page has no state. */
  #open(): void {
    const runFolder = this.#runFolder;
    const at = this.#step === undefined ? {} : { step: this.#step };
    this.page.post({ type: 'panel', runFolder, ...at, name: nameOf(this.#host, runFolder) });
    this.#animations.end();
    this.#process.restart({ type: 'open', runFolder, ...at, isTrusted: workspace.isTrusted });
    if (this.#inverting !== undefined) this.invert(this.#inverting);
  }

  async #invertFrom(find: () => Promise<string | undefined>): Promise<void> {
    try {
      const file = await find();
      if (file !== undefined) this.invert(file);
    } catch (error) {
      showFailure(this.#host, error);
    }
  }

  /** Saves next to the `gan-runs` folder: only the run itself writes in a run folder. */
  async #save(png: Uint8Array): Promise<void> {
    const runFolder = this.#runFolder;
    try {
      if (!(await isWritingAllowed())) return;
      const file = await window.showSaveDialog({
        title: l10n.t('Export Samples'),
        defaultUri: Uri.file(join(dirname(dirname(runFolder)), `${basename(runFolder)}-kept-samples.png`)),
        filters: { [l10n.t('PNG image')]: ['png'] },
      });
      if (file === undefined) return;
      await workspace.fs.writeFile(file, png);
      await tellSaved(l10n.t('Saved {0}.', basename(file.fsPath)), file);
    } catch (error) {
      showFailure(this.#host, error);
    }
  }
}

function shown(news: ShownNews<LocalizableText>): ShownNews<string> {
  if (news.type === 'noNeighbours') return { ...news, reason: translated(news.reason) };
  if (news.type === 'notInverted')
    return { type: news.type, ...(news.reason === undefined ? {} : { reason: translated(news.reason) }) };
  if (news.type !== 'failed') return news;
  return { ...news, message: translated(news.message), remedy: translated(news.remedy) };
}

type ShownNews<Text> = Exclude<FromExplorer<Text>, { readonly type: 'picture' | 'animating' | 'animation' }>;
