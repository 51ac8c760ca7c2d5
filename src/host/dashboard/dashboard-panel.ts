/**
 * One dashboard: a panel for one run, or several overlaid; polls their folders while visible and forwards the changes.
 */
import { basename } from 'node:path';
import { commands, l10n, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { writeLabels } from '../../run-folder/control';
import { locateExperiment } from '../../run-folder/locate-experiment';
import { pathInRun } from '../../run-folder/path-in-run';
import { readRunRecord } from '../../run-folder/run-record';
import { CurveStore } from '../../runs/curves/curve-store';
import { RunFollower } from '../../runs/run-follower';
import type { HostMessage, RunAction, WebviewMessage } from '../../shared/dashboard-protocol';
import { failureOfError, problemOfText, WorkbenchError } from '../../shared/errors';
import { type LiveRequest, NOT_TRAINED_HERE } from '../../shared/live-request';
import { verbatim } from '../../shared/localizable-text';
import { type ControlRequest, RUN_FILES } from '../../shared/run-format';
import type { FindingTarget } from '../commands/apply-finding';
import { tagsOf } from '../commands/label-text';
import type { Services } from '../host';
import { isWritingAllowed } from '../is-writing-allowed';
import type { GroupedPage, PageDefinition } from '../pages/page-group';
import { type Page, PagePanel } from '../pages/page-panel';
import { COMMANDS } from '../registry';
import { describeNetworks } from './describe-networks';
import { exportCurves, savePicture } from './exports';
import { dashboardMessage, foldersInState } from './page-messages';
import { SampleWatch } from './sample-watch';

const LIVE_INTERVAL_MS = 500;
/** A user who has just started a run waits for its first curve. */
const BEGINNING_INTERVAL_MS = 100;
/** A run that has ended may be resumed, in this window or elsewhere. */
const ENDED_INTERVAL_MS = 1_000;

/** The commands check whether this window trains the run and whether the workspace is trusted. */
const CONTROL_COMMANDS: Readonly<Record<ControlRequest, string>> = {
  pause: COMMANDS.pauseTraining,
  continue: COMMANDS.resumeTraining,
  checkpoint: COMMANDS.saveCheckpoint,
  stop: COMMANDS.stopTraining,
};

const ACTION_COMMANDS: Readonly<Record<RunAction, string>> = {
  trainLonger: COMMANDS.trainLonger,
  applyFinding: COMMANDS.applyFinding,
  evaluate: COMMANDS.evaluateRun,
  compare: COMMANDS.compareRuns,
  exportSamples: COMMANDS.exportSamples,
  export: COMMANDS.exportRun,
  applyToImages: COMMANDS.applyToImages,
};

function titleOf(names: readonly string[]): string {
  const [name = ''] = names;
  return names.length === 1 ? l10n.t('{0} – Dashboard', name) : l10n.t('{0} runs – Comparison', names.length);
}

const PAGE: Page<WebviewMessage> = {
  bundle: 'dashboard',
  title: 'GAN Dashboard',
  schema: dashboardMessage,
};

export function dashboardPage(services: Services): PageDefinition<readonly string[], DashboardPanel> {
  const curves = Uri.joinPath(services.storage, 'curves').fsPath;
  const store = new CurveStore(curves, () => workspace.isTrusted);
  return {
    keyOf: (folders) => folders.join('\n'),
    targetIn: foldersInState,
    titleOf: (folders) => titleOf(folders.map((folder) => basename(folder))),
    open: (panel, folders) => new DashboardPanel(panel, services, folders, store),
  };
}

class DashboardPanel implements GroupedPage {
  readonly folders: readonly string[];
  readonly #host: Services;
  readonly page: PagePanel<HostMessage, WebviewMessage>;
  readonly #runs: readonly RunFollower[];
  readonly #watch: SampleWatch;
  #isLoaded = false;
  #jobs = '';
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(panel: WebviewPanel, host: Services, folders: readonly string[], store: CurveStore) {
    this.folders = folders;
    this.#host = host;
    this.#runs = folders.map(
      (folder, run) =>
        new RunFollower({
          folder,
          store,
          isBeginning: () => this.#host.training.jobOfRun(folder)?.isBeginning === true,
          scoring: () => this.#host.training.jobOfRun(folder)?.scoring,
          pace: () => this.#host.training.jobOfRun(folder)?.pace,
          onNews: (news) => this.#post({ ...news, run }),
          onProblem: (problem) => this.#post({ type: 'refused', ...problem }),
        }),
    );
    const { extensionUri, training } = host;
    training.events.on('changed', this.#onJobs);
    this.page = new PagePanel(panel, extensionUri, PAGE, {
      onMessage: (message) => this.#act(message),
      onProblem: (problem) => this.#refuse(problem),
      onTrust: () => this.#postPanel(),
      onDispose: () => {
        clearTimeout(this.#timer);
        training.events.off('changed', this.#onJobs);
        this.#watch.dispose();
      },
    });
    this.#watch = new SampleWatch({
      training,
      folders,
      isVisible: () => this.page.isVisible,
      onSample: (run, live) => this.#post({ type: 'liveSample', ...live, run }),
    });
    this.page.onDidChangeVisibility(() => {
      this.#watch.update();
      this.#schedule(0);
    });
    // The runs are read while the page loads, so that a long one is ready when the page requests it.
    this.#looking = this.#lookAtRuns(false);
  }

  #jobState(folder: string): string | undefined {
    const job = this.#host.training.jobOfRun(folder);
    return job === undefined || job.hasEnded ? undefined : job.state;
  }

  /** When a job of this window begins, ends or is scored, refreshes at once. */
  readonly #onJobs = (): void => {
    const jobs = this.folders
      .map((folder) => `${this.#jobState(folder)} ${this.#host.training.jobOfRun(folder)?.scoring?.phase}`)
      .join();
    if (jobs === this.#jobs) return;
    this.#jobs = jobs;
    this.#schedule(0);
  };

  /** Messages are dropped before the page has loaded; it then requests everything. */
  #post(message: HostMessage): void {
    if (this.#isLoaded) this.page.post(message);
  }

  #postPanel(): void {
    this.#post({ type: 'panel', folders: this.folders, isTrusted: workspace.isTrusted });
  }

  #refuse(problem: unknown): void {
    const { message, remedy } = failureOfError(problem);
    this.#post({ type: 'refused', ...problemOfText(verbatim(message, ' ', remedy)) });
  }

  async #act(message: WebviewMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        for (const run of this.#runs) run.view = message.view;
        this.#watch.want([]);
        this.page.restart();
        this.#isLoaded = true;
        this.#postPanel();
        return await this.#look(true);
      case 'view':
        for (const run of this.#runs) {
          run.view = message.view;
          run.tellCurves();
        }
        return;
      case 'sample':
        return await this.#runs[message.run]?.tellSample(message.step);
      case 'watchSamples':
        this.#watch.want(message.runs);
        return;
      case 'control':
        return await this.#control(message.run, message.request);
      case 'live':
        return await this.#ask(message.run, message.request);
      case 'act':
        await commands.executeCommand(ACTION_COMMANDS[message.action], this.folders[message.run]);
        return;
      case 'labels':
        return await this.#label(message);
      case 'openConfig':
        return await this.#openConfig(message.run);
      case 'describeNetworks':
        return await this.#describeNetworks(message.run);
      case 'openExperiment':
        return await this.#openExperiment(message.run);
      case 'applyFinding':
        return await this.#applyFinding(message);
      case 'exploreLatents':
        await commands.executeCommand(COMMANDS.exploreLatents, this.folders[message.run]);
        return;
      case 'drawnPoints':
        return await this.#trainOnDrawn(message.run, message.points);
      case 'drop':
        await commands.executeCommand(COMMANDS.applyToImages, this.folders[0], message.dropped);
        return;
      case 'openRun':
        await commands.executeCommand(COMMANDS.openDashboard, this.folders[message.run]);
        return;
      case 'exportCurves':
        if (await isWritingAllowed()) await exportCurves(this.#runs);
        return;
      case 'savePicture':
        if (await isWritingAllowed()) await savePicture(this.#runs, message);
    }
  }

  async #control(run: number, request: ControlRequest): Promise<void> {
    await commands.executeCommand(CONTROL_COMMANDS[request], this.folders[run]);
    this.#schedule(0);
  }

  /** Live requests write to the run, as every control of training. */
  async #ask(run: number, request: LiveRequest): Promise<void> {
    const folder = this.folders[run];
    if (folder === undefined || !(await isWritingAllowed())) return;
    const job = this.#host.training.jobOfRun(folder);
    if (job === undefined) throw new WorkbenchError(NOT_TRAINED_HERE.message, NOT_TRAINED_HERE.remedy);
    await job.ask(request);
    this.#schedule(0);
  }

  async #label({ run, labels }: Extract<WebviewMessage, { readonly type: 'labels' }>): Promise<void> {
    const folder = this.folders[run];
    if (folder === undefined || !(await isWritingAllowed())) return;
    await writeLabels(folder, { ...labels, tags: tagsOf(labels.tags.join(',')) });
    this.#schedule(0);
    await this.#host.runs.reread();
  }

  async #applyFinding({
    run,
    rule,
    step,
    change,
  }: Extract<WebviewMessage, { readonly type: 'applyFinding' }>): Promise<void> {
    const runFolder = this.folders[run];
    if (runFolder === undefined) return;
    const target: FindingTarget = { runFolder, rule, step, change };
    await commands.executeCommand(COMMANDS.applyFinding, target);
  }

  async #trainOnDrawn(run: number, points: Float32Array): Promise<void> {
    const folder = this.folders[run];
    if (folder === undefined || !(await isWritingAllowed())) return;
    const { trainOnDrawnPoints } = await import('./drawn-points');
    await trainOnDrawnPoints(this.#host, folder, points);
  }

  async #openConfig(run: number): Promise<void> {
    const folder = this.folders[run];
    if (folder === undefined) return;
    const document = await workspace.openTextDocument(Uri.file(await pathInRun(folder, RUN_FILES.config)));
    await window.showTextDocument(document, ViewColumn.Beside);
  }

  /** Custom networks are code, which runs in trusted workspaces alone. */
  async #describeNetworks(run: number): Promise<void> {
    const runFolder = this.folders[run];
    if (runFolder === undefined || !workspace.isTrusted) return;
    const { extensionUri, closing } = this.#host;
    const command = Uri.joinPath(extensionUri, 'dist', 'gan.cjs').fsPath;
    try {
      const networks = await describeNetworks({ command, runFolder, signal: closing });
      if (networks !== undefined) this.#post({ type: 'networks', networks, run });
    } catch (error) {
      const { message, remedy } = failureOfError(error);
      this.#post({ type: 'networks', networks: problemOfText(verbatim(message, ' ', remedy)), run });
    }
  }

  async #openExperiment(run: number): Promise<void> {
    const folder = this.folders[run];
    if (folder === undefined) return;
    const file = await locateExperiment(folder, await readRunRecord(folder));
    await window.showTextDocument(await workspace.openTextDocument(Uri.file(file)), ViewColumn.Beside);
  }

  #schedule(afterMs: number): void {
    clearTimeout(this.#timer);
    if (this.page.isDisposed || !this.page.isVisible) return;
    this.#timer = setTimeout(() => void this.#look(false), afterMs);
  }

  /** Reads the folders, one pass at a time, and sends the changes, or everything. */
  #look(everything: boolean): Promise<void> {
    this.#looking = this.#looking.then(() => this.#lookNow(everything));
    return this.#looking;
  }

  async #lookAtRuns(everything: boolean): Promise<void> {
    for (const run of this.#runs) await run.look(everything);
  }

  async #lookNow(everything: boolean): Promise<void> {
    // A webview that has not yet reported ready would miss it.
    if (this.page.isDisposed || !this.#isLoaded) return;
    clearTimeout(this.#timer);
    await this.#lookAtRuns(everything);
    if (this.page.isDisposed) return;
    this.page.title = titleOf(this.#runs.map(({ name, folder }) => name ?? basename(folder)));
    const live = this.#runs.filter(({ isLive }) => isLive);
    if (live.length === 0) this.#schedule(ENDED_INTERVAL_MS);
    else this.#schedule(live.some(({ hasCurves }) => !hasCurves) ? BEGINNING_INTERVAL_MS : LIVE_INTERVAL_MS);
  }
}
