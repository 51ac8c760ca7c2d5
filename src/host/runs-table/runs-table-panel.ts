/** The page with the table of all runs of the workspace. */
import { isDeepStrictEqual } from 'node:util';
import { commands, type Disposable, l10n, type WebviewPanel } from 'vscode';
import { rowOf } from '../../runs/table/rows';
import type { RunConfigs } from '../../runs/table/run-configs';
import type {
  FromRunsTable,
  OfferedColumn,
  RunsTableColumns,
  ToRunsTable,
} from '../../shared/runs-table-protocol';
import type { Services } from '../host';
import { showFailure } from '../offer';
import type { GroupedPage, PageDefinition } from '../pages/page-group';
import { type Page, PagePanel } from '../pages/page-panel';
import { COMMANDS } from '../registry';
import { chooseColumns } from './choose-columns';
import { keptColumns, runsTableMessage } from './page-messages';

/** Progress arrives ten times a second, faster than anyone can read the table. */
const PROGRESS_INTERVAL_MS = 500;
/** Key in the workspace's storage. */
const COLUMNS_KEY = 'runsTable.columns';

const PAGE: Page<FromRunsTable> = {
  bundle: 'runs-table',
  title: 'GAN Runs',
  schema: runsTableMessage,
};

/** There is a single table, of all runs. */
type TableTarget = 'all';

export function runsTablePage(services: Services): PageDefinition<TableTarget, RunsTablePanel> {
  return {
    keyOf: (target) => target,
    targetIn: () => 'all',
    titleOf: () => l10n.t('GAN Runs'),
    open: (panel) => new RunsTablePanel(panel, services),
  };
}

class RunsTablePanel implements GroupedPage {
  readonly #host: Services;
  readonly page: PagePanel<ToRunsTable, FromRunsTable>;
  readonly #changes: Disposable;
  #configs: RunConfigs | undefined;
  #watching: Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;
  #shown: ToRunsTable | undefined;
  /** Runs whose thumbnail may have changed since it was sent to the page. */
  readonly #outdated = new Set<string>();
  readonly #sentSteps = new Map<string, number>();
  #isSending = false;
  #isReady = false;

  constructor(panel: WebviewPanel, host: Services) {
    this.#host = host;
    host.training.events.on('changed', this.#showSoon);
    this.#changes = host.runs.onDidChange((folders) => {
      this.#showInBackground();
      void this.#sendThumbnails(folders);
    });
    this.page = new PagePanel(panel, host.extensionUri, PAGE, {
      onMessage: (message) => this.#act(message),
      onProblem: (problem) => showFailure(host, problem),
      onDispose: () => this.#end(),
    });
    this.page.onDidChangeVisibility(() => this.#watch());
    this.#watch();
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#watching?.dispose();
    this.#host.training.events.off('changed', this.#showSoon);
    this.#changes.dispose();
  }

  /** Run folders are polled while the table is visible. */
  #watch(): void {
    if (!this.page.isVisible) {
      this.#watching?.dispose();
      this.#watching = undefined;
    } else this.#watching ??= this.#host.runs.watch();
  }

  async #act(message: FromRunsTable): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#shown = undefined;
        this.#sentSteps.clear();
        // No runs are known before the first refresh, and an empty table would be wrong.
        await this.#host.runs.rediscover();
        await this.#show();
        return await this.#sendThumbnails();
      case 'openRun': {
        const [folder] = this.#known([message.folder]);
        if (folder !== undefined) await commands.executeCommand(COMMANDS.openDashboard, folder);
        return;
      }
      case 'compare': {
        const folders = this.#known(message.folders);
        await commands.executeCommand(COMMANDS.compareRuns, folders[0], folders);
        return;
      }
      case 'chooseColumns':
        return await this.#chooseColumns(message.columns);
      case 'orderColumns':
        return await this.#keep({ ...this.#columns, order: message.order });
      case 'joinSeeds':
        return await this.#keep({ ...this.#columns, joinsSeeds: message.joinsSeeds });
      case 'exportTable': {
        const { exportTable } = await import('./export-table');
        const [run] = this.#host.runs.runs;
        return await exportTable(message.rows, run?.run.folder);
      }
    }
  }

  /** Filters folders to those of listed runs. */
  #known(folders: readonly string[]): readonly string[] {
    const listed = new Set(this.#host.runs.runs.map(({ run }) => run.folder));
    return folders.filter((folder) => listed.has(folder));
  }

  get #columns(): RunsTableColumns {
    return keptColumns(this.#host.workspaceState.get(COLUMNS_KEY));
  }

  async #chooseColumns(offered: readonly OfferedColumn[]): Promise<void> {
    const { runs } = this.#host.runs;
    const configs = await this.#readConfigs();
    const chosen = await chooseColumns(
      offered,
      runs.map(({ run }) => configs.of(run.folder)),
      this.#columns,
    );
    if (chosen !== undefined) await this.#keep(chosen);
  }

  async #keep(columns: RunsTableColumns): Promise<void> {
    await this.#host.workspaceState.update(COLUMNS_KEY, columns);
    await this.#show();
  }

  async #readConfigs(): Promise<RunConfigs> {
    const { RunConfigs } = await import('../../runs/table/run-configs');
    this.#configs ??= new RunConfigs();
    await this.#configs.read(this.#host.runs.runs);
    return this.#configs;
  }

  /** Sends thumbnails of these runs or of all, one at a time. */
  async #sendThumbnails(folders?: readonly string[]): Promise<void> {
    const { runs, thumbnails } = this.#host;
    for (const folder of folders ?? runs.runs.map(({ run }) => run.folder)) this.#outdated.add(folder);
    if (!this.#isReady || this.#isSending) return;
    this.#isSending = true;
    // Also visits folders that are added during iteration.
    for (const folder of this.#outdated) {
      this.#outdated.delete(folder);
      const thumbnail = await thumbnails.of(folder);
      if (this.page.isDisposed) return;
      if (thumbnail === undefined || this.#sentSteps.get(folder) === thumbnail.step) continue;
      this.#sentSteps.set(folder, thumbnail.step);
      this.page.post({ type: 'thumbnail', folder, thumbnail });
    }
    this.#isSending = false;
  }

  readonly #showSoon = (): void => {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#showInBackground();
    }, PROGRESS_INTERVAL_MS);
  };

  #showInBackground(): void {
    this.#show().catch((error) => showFailure(this.#host, error));
  }

  async #show(): Promise<void> {
    const columns = this.#columns;
    const configs = await this.#readConfigs();
    if (this.page.isDisposed || !this.#isReady) return;
    const { runs, training } = this.#host;
    const rows = runs.runs.map((run) => {
      const { folder } = run.run;
      return rowOf(run, {
        look: runs.scoreLook(folder),
        config: configs.of(folder),
        identity: configs.identityOf(folder),
        settings: columns.config,
        trainedStep: training.jobOfRun(folder)?.progress?.step,
      });
    });
    const message: ToRunsTable = { type: 'rows', rows, columns };
    if (isDeepStrictEqual(message, this.#shown)) return;
    this.#shown = message;
    this.page.post(message);
  }
}
