/** The page of one dataset: relays messages between its process and the webview. */
import { basename } from 'node:path';
import { commands, l10n, Uri, type WebviewPanel, window, workspace } from 'vscode';
import type { FromDataset, FromDatasetPage, ToDataset, ToDatasetPage } from '../../shared/dataset-protocol';
import { describeError } from '../../shared/errors';
import { chosenCompute } from '../chosen-compute';
import type { Services } from '../host';
import type { GroupedPage, PageDefinition } from '../pages/page-group';
import { type Page, PagePanel } from '../pages/page-panel';
import { PageProcess } from '../pages/page-process';
import { COMMANDS } from '../registry';
import type { DatasetSummaries } from './dataset-summaries';
import { datasetPageMessage, fileInState } from './page-messages';
import { shownNews } from './shown-news';

type DatasetHost = Pick<Services, 'log' | 'extensionUri' | 'datasets'>;

function nameOf(experimentFile: string): string {
  return basename(experimentFile).replace(/\.gan\.json$/i, '');
}

const PAGE: Page<FromDatasetPage> = {
  bundle: 'dataset',
  title: 'GAN Dataset',
  schema: datasetPageMessage,
};

export function datasetPage(services: DatasetHost): PageDefinition<string, DatasetPanel> {
  return {
    keyOf: (experimentFile) => experimentFile,
    targetIn: fileInState,
    titleOf: (experimentFile) => l10n.t('{0} – Dataset', nameOf(experimentFile)),
    open: (panel, experimentFile) => new DatasetPanel(panel, services, experimentFile),
  };
}

class DatasetPanel implements GroupedPage {
  readonly experimentFile: string;
  readonly #summaries: DatasetSummaries;
  readonly page: PagePanel<ToDatasetPage, FromDatasetPage>;
  readonly #process: PageProcess<ToDataset, FromDataset>;
  #isOpened = false;

  constructor(panel: WebviewPanel, host: DatasetHost, experimentFile: string) {
    this.experimentFile = experimentFile;
    this.#summaries = host.datasets;
    this.#process = new PageProcess(host, 'dataset.cjs', {
      onMessage: (message) => this.#tell(message),
      onDeath: (how) =>
        this.page.post({
          type: 'failed',
          message: l10n.t('The process that reads the data stopped unexpectedly ({0}).', how),
          remedy: l10n.t('See the log, then open the dataset again.'),
        }),
    });
    this.page = new PagePanel(panel, host.extensionUri, PAGE, {
      onMessage: (message) => this.#act(message),
      onProblem: (problem) => host.log.warn(describeError(problem)),
      onTrust: () => this.#open(),
      onDispose: () => this.#process.close(),
    });
  }

  #act(message: FromDatasetPage): void {
    switch (message.type) {
      case 'ready':
      case 'again':
        this.#open();
        break;
      case 'cancel':
        // It finished opening while the click was in flight: nothing is left to cancel.
        if (this.#isOpened) break;
        this.#process.close();
        this.page.post({ type: 'cancelled' });
        break;
      case 'trust':
        void commands.executeCommand('workbench.trust.manage');
        break;
      case 'images':
        this.#process.send(message);
        break;
      case 'fetch':
        void commands.executeCommand(COMMANDS.fetchData, message.name).then(() => this.#open());
        break;
      case 'start':
        void commands.executeCommand(COMMANDS.startTraining, Uri.file(this.experimentFile));
        break;
      case 'edit':
        void window.showTextDocument(Uri.file(this.experimentFile), { preview: false });
        break;
    }
  }

  /** Reopens the dataset even if it is open, so that the page shows its current content. */
  #open(): void {
    if (this.page.isDisposed) return;
    this.#process.close();
    this.#isOpened = false;
    this.page.post({ type: 'panel', name: nameOf(this.experimentFile), file: this.experimentFile });
    // VS Code restores pages without a command that checks trust, and an experiment decides which files are read.
    if (!workspace.isTrusted) {
      this.page.post({
        type: 'failed',
        message: l10n.t('Trust this workspace to read its data.'),
        remedy: l10n.t('An experiment decides which files are read.'),
        needsTrust: true,
      });
      return;
    }
    const { threads } = chosenCompute();
    this.#process.restart({
      type: 'open',
      experimentFile: this.experimentFile,
      ...(threads === undefined ? {} : { threads }),
    });
  }

  #tell(message: FromDataset): void {
    const shown = shownNews(message);
    if (shown.type === 'opened') {
      this.#isOpened = true;
      this.#summaries.set(this.experimentFile, shown.summary);
    }
    this.page.post(shown);
  }
}
