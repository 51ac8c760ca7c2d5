/**
 * The editor's model of experiments and runs: the files of the workspace and the run folders next to them, refreshed
 * while a view shows them. File watching excludes run folders, so they are polled.
 */
import { dirname, join } from 'node:path';
import { type Disposable, EventEmitter, type Uri, window, workspace } from 'vscode';
import type { BestScores } from '../../runs/best-scores';
import { namedFolders } from '../../runs/named-folders';
import type { CataloguedRun, RunCatalogue } from '../../runs/run-catalogue';
import type { ScoreLook } from '../../runs/score-reader';
import { SETTINGS } from '../../shared/contributions';
import { describeError } from '../../shared/errors';
import { RUNS_FOLDER } from '../../shared/run-format';
import type { JobLog } from '../training/training-job';

const EXPERIMENT_FILES = '**/*.gan.json';
/** Every `gan-runs` folder contains one, so the search returns one file per folder, however many runs it holds. */
const RUNS_MARKERS = `**/${RUNS_FOLDER}/.gitignore`;
const NOT_SEARCHED = '**/node_modules/**';
const NO_EXPERIMENTS = `**/{node_modules,${RUNS_FOLDER}}/**`;

const POLL_INTERVAL_MS = 1_500;
/** The longest time that a list of runs waits for its scores. */
const SCORES_WAIT_MS = 500;

const pathOf = ({ fsPath }: Uri): string => fsPath;

function areSame<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

export async function findExperiments(): Promise<Uri[]> {
  const files = await workspace.findFiles(EXPERIMENT_FILES, NO_EXPERIMENTS);
  return files.sort((a, b) => a.path.localeCompare(b.path));
}

/** Whether there are experiments, and folders that may contain runs, without reading any of them. */
export async function findSome(): Promise<{ readonly experiments: boolean; readonly runs: boolean }> {
  const [experiments, markers] = await Promise.all([
    workspace.findFiles(EXPERIMENT_FILES, NO_EXPERIMENTS, 1),
    workspace.findFiles(RUNS_MARKERS, NOT_SEARCHED, 1),
  ]);
  return {
    experiments: experiments.length > 0,
    runs: markers.length > 0 || foldersInSettings().length > 0,
  };
}

/** Each workspace folder has its own settings. */
function foldersInSettings(): readonly string[] {
  const places = workspace.workspaceFolders?.map(({ uri }) => uri) ?? [undefined];
  return places.flatMap((uri) =>
    namedFolders(workspace.getConfiguration(undefined, uri).get<unknown>(SETTINGS.runFolders), uri?.fsPath),
  );
}

export class RunsModel implements Disposable {
  readonly #log: JobLog;
  readonly #changed = new EventEmitter<readonly string[] | undefined>();
  /**
   * Fires when experiments or runs have been added, removed or changed. With folders, only the records of these runs
   * have changed; the list is empty if only `isUpToDate` has.
   */
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: Disposable[] = [this.#changed];
  readonly #reported = new Set<string>();
  #experiments: readonly Uri[] = [];
  #runsFolders: readonly string[] = [];
  #runs: readonly CataloguedRun[] = [];
  #catalogue: Promise<RunCatalogue> | undefined;
  #refreshing: Promise<void> | undefined;
  #isDiscovered = false;
  #hasLooked = false;
  readonly #watchers = new Set<object>();
  #timer: NodeJS.Timeout | undefined;
  #scores: Promise<BestScores> | undefined;
  #knownScores: BestScores | undefined;
  #scoring: Promise<void> | undefined;
  /** Something has changed that only the trees display. */
  #isStale = true;

  constructor(log: JobLog) {
    this.#log = log;
    const watcher = workspace.createFileSystemWatcher(EXPERIMENT_FILES, false, true, false);
    const lookAgain = (): void => void this.rediscover();
    this.#subscriptions.push(
      watcher,
      watcher.onDidCreate(lookAgain),
      watcher.onDidDelete(lookAgain),
      workspace.onDidChangeWorkspaceFolders(lookAgain),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SETTINGS.runFolders)) lookAgain();
      }),
      window.onDidChangeWindowState(({ focused }) => {
        if (focused && this.#timer !== undefined) lookAgain();
      }),
    );
  }

  get experiments(): readonly Uri[] {
    return this.#experiments;
  }

  /** The `gan-runs` folders, whether they exist or not; known after the first refresh. */
  get runsFolders(): readonly string[] {
    return this.#runsFolders;
  }

  /** Newest first. */
  get runs(): readonly CataloguedRun[] {
    return this.#runs;
  }

  /** The best score of a run, and the problems of its records, once they have been read. */
  scoreLook(runFolder: string): ScoreLook {
    return this.#knownScores?.of(runFolder) ?? {};
  }

  /** Resolves when the scores of the listed runs have been read, or after a timeout. */
  async scored(): Promise<void> {
    this.#scoring ??= this.#score();
    let timer: NodeJS.Timeout | undefined;
    const isLate = new Promise((resolve) => {
      timer = setTimeout(resolve, SCORES_WAIT_MS);
    });
    await Promise.race([this.#scoring, isLate]);
    clearTimeout(timer);
  }

  /** Polls the run folders until every watcher is disposed. */
  watch(): Disposable {
    const watcher = {};
    this.#watchers.add(watcher);
    this.#timer ??= setInterval(() => void this.refresh(), POLL_INTERVAL_MS);
    void this.rediscover().then(() => this.#changed.fire([]));
    return {
      dispose: () => {
        this.#watchers.delete(watcher);
        if (this.#watchers.size > 0) return;
        this.#stop();
        this.#changed.fire([]);
      },
    };
  }

  /** Whether all existing runs are known: not before the first refresh, and not after polling has stopped. */
  get isUpToDate(): boolean {
    return this.#hasLooked && this.#timer !== undefined;
  }

  /** Resolves when the workspace has been searched once; before that, its contents are unknown. */
  async firstLook(): Promise<void> {
    if (!this.#hasLooked) await this.refresh();
  }

  /** Searches the workspace for experiments and run folders, and reads the runs. */
  async rediscover(): Promise<void> {
    this.#isDiscovered = false;
    await this.refresh();
  }

  /** Reads the changes in the run folders. Calls made during a refresh share the next one. */
  async refresh(): Promise<void> {
    const running = this.#refreshing;
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#hasLooked = true;
      this.#refreshing = undefined;
    });
    await this.#refreshing;
    if (running !== undefined && !this.#isDiscovered) await this.refresh();
  }

  /** Called after a change in a run folder: reads it, and also reports changes that only the trees display. */
  async reread(): Promise<void> {
    await this.#refreshing;
    this.#isStale = true;
    await this.refresh();
  }

  dispose(): void {
    this.#stop();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #refresh(): Promise<void> {
    const before = { experiments: this.#experiments, runs: this.#runs };
    try {
      if (!this.#isDiscovered) await this.#discover();
      this.#catalogue ??= this.#openCatalogue();
      this.#runs = await (await this.#catalogue).read(this.#runsFolders);
    } catch (error) {
      this.#report(describeError(error));
      return;
    }
    if (this.#timer !== undefined) this.#scoring ??= this.#score();
    const isSame =
      !this.#isStale &&
      areSame(this.#runs, before.runs) &&
      areSame(this.#experiments.map(pathOf), before.experiments.map(pathOf));
    if (isSame) return;
    this.#isStale = false;
    this.#changed.fire(undefined);
  }

  /** In the background: a thousand runs have much to read. */
  async #score(): Promise<void> {
    try {
      this.#scores ??= this.#openScores();
      this.#knownScores = await this.#scores;
      const folders = await this.#knownScores.read(this.#runs);
      if (folders.length > 0) this.#changed.fire(folders);
    } finally {
      this.#scoring = undefined;
    }
  }

  async #openScores(): Promise<BestScores> {
    const { BestScores } = await import('../../runs/best-scores');
    return new BestScores();
  }

  /** Reading run folders needs the validation library, which a window without runs never loads. */
  async #openCatalogue(): Promise<RunCatalogue> {
    const { RunCatalogue } = await import('../../runs/run-catalogue');
    return new RunCatalogue((problem) => this.#report(problem));
  }

  async #discover(): Promise<void> {
    this.#isDiscovered = true;
    this.#experiments = await findExperiments();
    const markers = await workspace.findFiles(RUNS_MARKERS, NOT_SEARCHED);
    this.#runsFolders = [
      ...new Set([
        ...this.#experiments.map((file) => join(dirname(file.fsPath), RUNS_FOLDER)),
        ...markers.map((file) => dirname(file.fsPath)),
        ...foldersInSettings(),
      ]),
    ];
  }

  /** Logs a persistent problem only once. */
  #report(problem: string): void {
    if (this.#reported.has(problem)) return;
    this.#reported.add(problem);
    this.#log.warn(problem);
  }
}
