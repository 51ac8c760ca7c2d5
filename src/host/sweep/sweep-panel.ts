/** The page of one sweep, which is read again while it is visible. */
import { basename, dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { commands, l10n, Uri, type WebviewPanel, window, workspace } from 'vscode';
import { describeError, failureOfError } from '../../shared/errors';
import type { ComparedAt, FromSweepPage, SweepView, ToSweepPage } from '../../shared/sweep-protocol';
import type { SweepReader } from '../../sweep/sweep-reader';
import { queueText, SweepQueueReader } from '../experiments/sweep-queue';
import type { Services } from '../host';
import { showFailure } from '../offer';
import type { GroupedPage, PageDefinition } from '../pages/page-group';
import { type Page, PagePanel } from '../pages/page-panel';
import { freeFile } from '../presets/preset-file';
import { COMMANDS } from '../registry';
import { keptFolder, sweepPageMessage } from './page-messages';

const POLL_INTERVAL_MS = 1_500;

const PAGE: Page<FromSweepPage> = { bundle: 'sweep', title: 'GAN Sweep', schema: sweepPageMessage };

/** A target is the absolute path of the sweep's folder. */
export function sweepPage(services: Services): PageDefinition<string, SweepPanel> {
  return {
    keyOf: (folder) => folder,
    targetIn: keptFolder,
    titleOf: (folder) => l10n.t('{0} – Sweep', basename(folder)),
    open: (panel, folder) => new SweepPanel(panel, folder, services),
  };
}

class SweepPanel implements GroupedPage {
  readonly #host: Services;
  readonly #folder: string;
  readonly page: PagePanel<ToSweepPage, FromSweepPage>;
  #reader: Promise<SweepReader> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  #shown: ToSweepPage | undefined;
  #sweep: SweepView | undefined;
  readonly #queue = new SweepQueueReader();
  #isReady = false;
  #at: ComparedAt = 'end';
  /** What the importance that was sent last was computed from. */
  #weighed: string | undefined;
  #isWeighing = false;
  /** Runs whose newest samples the page shows, with the step that it has of each. */
  #samples = new Map<string, number>();

  constructor(panel: WebviewPanel, folder: string, host: Services) {
    this.#host = host;
    this.#folder = folder;
    this.page = new PagePanel(panel, host.extensionUri, PAGE, {
      onMessage: (message) => this.#act(message),
      onProblem: (problem) => showFailure(host, problem),
      onDispose: () => clearInterval(this.#timer),
    });
    this.page.onDidChangeVisibility(() => this.#watch());
    this.#watch();
  }

  /** The folder is polled while the page is visible. */
  #watch(): void {
    clearInterval(this.#timer);
    if (!this.page.isVisible) return;
    this.#timer = setInterval(() => void this.#refresh(), POLL_INTERVAL_MS);
    void this.#refresh();
  }

  async #act(message: FromSweepPage): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#shown = undefined;
        this.#weighed = undefined;
        this.#at = message.at;
        this.page.restart();
        return await this.#refresh();
      case 'openRun':
        if (this.#isRun(message.folder))
          await commands.executeCommand(COMMANDS.openDashboard, message.folder);
        return;
      case 'startFrom':
        return await this.#startFrom(message.trial);
      case 'stop':
        await commands.executeCommand(COMMANDS.stopSweep, this.#folder);
        return;
      case 'resume':
        await commands.executeCommand(COMMANDS.resumeSweep, this.#folder);
        return;
      case 'compareAt':
        this.#at = message.at;
        return await this.#weigh();
      case 'showSamples': {
        const folders = message.folders.filter((folder) => this.#isRun(folder));
        this.#samples = new Map(folders.map((folder) => [folder, this.#samples.get(folder) ?? -1]));
        return await this.#sendSamples();
      }
    }
  }

  #isRun(folder: string): boolean {
    return this.#sweep?.trials.some(({ runs }) => runs.some((run) => run.folder === folder)) ?? false;
  }

  /** Calls made while the folder is read share that reading. */
  async #refresh(): Promise<void> {
    if (!this.#isReady) return;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  async #read(): Promise<void> {
    try {
      this.#reader ??= this.#host.experimentService().openSweep(this.#folder);
      const reader = await this.#reader;
      this.#sweep = await reader.read();
      const queued = this.#sweep.activity === 'done' ? undefined : queueText(this.#queue.look(reader));
      this.#show({ type: 'sweep', sweep: this.#sweep, ...(queued === undefined ? {} : { queued }) });
    } catch (error) {
      this.#reader = undefined;
      const { message } = failureOfError(error);
      this.#show({ type: 'unreadable', problem: describeError(error), said: message });
      return;
    }
    await this.#sendSamples();
    await this.#weigh();
  }

  #show(message: ToSweepPage): void {
    if (isDeepStrictEqual(message, this.#shown)) return;
    this.#shown = message;
    this.page.post(message);
  }

  /** Sends what each parameter explains, if that may have changed. */
  async #weigh(): Promise<void> {
    const sweep = this.#sweep;
    if (sweep === undefined || this.#isWeighing) return;
    const at = this.#at;
    const basis = JSON.stringify([at, sweep.trials.map(({ value, curve }) => [value, curve])]);
    if (basis === this.#weighed) return;
    this.#isWeighing = true;
    try {
      const importance = await this.#host.experimentService().importanceAt(sweep, at);
      this.#weighed = basis;
      this.page.post({ type: 'importance', importance });
    } finally {
      this.#isWeighing = false;
    }
    if (this.#at !== at) await this.#weigh();
  }

  async #sendSamples(): Promise<void> {
    for (const [folder, sent] of this.#samples) {
      const thumbnail = await this.#host.thumbnails.of(folder);
      if (thumbnail === undefined || thumbnail.step === sent || !this.#samples.has(folder)) continue;
      this.#samples.set(folder, thumbnail.step);
      this.page.post({ type: 'thumbnail', folder, thumbnail });
    }
  }

  /** *Start from This Configuration*. */
  async #startFrom(trial: number): Promise<void> {
    if (!workspace.isTrusted) {
      await commands.executeCommand('workbench.trust.manage');
      return;
    }
    const experiment = await (await this.#reader)?.experimentOf(trial);
    if (experiment === undefined) return;
    const name = `${basename(experiment.file).replace(/\.gan\.json$/i, '')}-trial-${trial}`;
    const file = await freeFile(Uri.file(await this.#experimentFolder(experiment.file)), name);
    await workspace.fs.writeFile(file, new TextEncoder().encode(experiment.text));
    await window.showTextDocument(file, { preview: false });
  }

  /** Beside the experiment or, where that is gone or the sweep was made elsewhere, beside the runs. */
  async #experimentFolder(experimentFile: string): Promise<string> {
    const folder = dirname(experimentFile);
    const isThere = await workspace.fs.stat(Uri.file(folder)).then(
      () => true,
      () => false,
    );
    return isThere ? folder : dirname(dirname(dirname(this.#folder)));
  }
}
