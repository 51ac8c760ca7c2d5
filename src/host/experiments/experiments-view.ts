/** The tree in the activity bar: experiments, their runs and sweeps, and the checkpoints of the runs. */
import { basename, dirname, join, sep } from 'node:path';
import {
  type Disposable,
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  workspace,
} from 'vscode';
import { experimentFileOf } from '../../runs/experiment-of-run';
import { reachedStep } from '../../runs/reached-step';
import type { CataloguedRun, ListedCheckpoint } from '../../runs/run-catalogue';
import { searchedText } from '../../runs/runs-filter';
import type { ScoreLook } from '../../runs/score-reader';
import { VIEWS } from '../../shared/contributions';
import { problemOf } from '../../shared/errors';
import {
  type ConfigDifference,
  type FindingRecord,
  isLive,
  RUN_FILES,
  type RunParent,
  stepFileName,
} from '../../shared/run-format';
import { fits } from '../../shared/words';
import type { SlurmPlace } from '../../slurm/slurm';
import { KEEP_FOCUS } from '../dashboard/show-dashboard';
import { findingTitle } from '../finding-texts';
import type { Services } from '../host';
import { failureTexts, problemText } from '../localized-texts';
import { ageText, agoText, countText } from '../quantities';
import { COMMANDS } from '../registry';
import { captionedScoreText, scoreText } from '../score-texts';
import { batchJobItem, placeText } from '../slurm/batch-job-item';
import { type BatchJob, BatchJobsModel } from '../slurm/batch-jobs-model';
import type { TrainingJob } from '../training/training-job';
import {
  BatchJobNode,
  CheckpointNode,
  ExperimentNode,
  ProblemNode,
  RunNode,
  SweepNode,
  type TreeNode,
  TrialGroupNode,
  TrialNode,
  WaitingNode,
} from './nodes';
import { pictureTooltip } from './picture-tooltip';
import {
  canApply,
  canExplore,
  endingReason,
  endingText,
  heldText,
  type ShownState,
  shortStopText,
  shownState,
  stateIcon,
  stateName,
  steerability,
  stopText,
} from './run-state';
import { runsOfTrial, sweepFolderOf, sweepRows, trialsWith } from './sweep-children';
import { slurmTasksItem, sweepItem, trialGroupItem, trialItem } from './sweep-items';
import { type KnownSweep, type SweepServices, SweepsModel } from './sweeps-model';

/** Progress arrives ten times a second, faster than anyone can read the tree. */
const PROGRESS_INTERVAL_MS = 500;
/** Ages are in minutes. */
const AGE_INTERVAL_MS = 60_000;

type TreeServices = SweepServices &
  Pick<Services, 'training' | 'runs' | 'filter' | 'selection' | 'thumbnails'>;

/** Maximum number of findings in a tooltip. */
const MAX_FINDINGS = 3;
const TROUBLED_ICON = new ThemeIcon('warning', new ThemeColor('list.warningForeground'));

class ExperimentTree implements TreeDataProvider<TreeNode> {
  readonly #host: TreeServices;
  readonly #sweeps: SweepsModel;
  readonly #batchJobs: BatchJobsModel;
  readonly #changed = new EventEmitter<TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscriptions: Disposable[];
  readonly #ageTimer = setInterval(() => this.#changed.fire(undefined), AGE_INTERVAL_MS);
  #progressTimer: NodeJS.Timeout | undefined;
  /** The run rows that VS Code has received, by folder. */
  readonly #runNodes = new Map<string, RunNode>();
  /** The same of sweeps. */
  readonly #sweepNodes = new Map<string, SweepNode>();
  #shownJobs = '';

  constructor(host: TreeServices, sweeps: SweepsModel, batchJobs: BatchJobsModel) {
    this.#host = host;
    this.#sweeps = sweeps;
    this.#batchJobs = batchJobs;
    this.#subscriptions = [
      this.#changed,
      host.runs.onDidChange((folders) => this.#fire(folders)),
      host.filter.onDidChange(() => this.#fire()),
      sweeps.onDidChange((folders) => this.#fireSweeps(folders)),
      batchJobs.onDidChange(() => this.#fire()),
    ];
    host.training.events.on('changed', this.#fireSoon);
  }

  readonly #fireSoon = (): void => {
    this.#progressTimer ??= setTimeout(() => {
      this.#progressTimer = undefined;
      this.#fireJobs();
    }, PROGRESS_INTERVAL_MS);
  };

  /** If jobs have only made progress, redraws only their own rows: of a thousand runs, one may be training. */
  #fireJobs(): void {
    const { jobs } = this.#host.training;
    const shown = jobs.map(({ id, runFolder, state }) => `${id} ${runFolder} ${state}`).join();
    const areSame = shown === this.#shownJobs;
    this.#shownJobs = shown;
    this.#fire(areSame ? jobs.flatMap(({ runFolder }) => runFolder ?? []) : undefined);
  }

  /** Refreshes everything, or those rows of the runs in these folders that are shown. */
  #fire(runFolders?: readonly string[]): void {
    const nodes = runFolders?.flatMap((folder) => this.#runNodes.get(folder) ?? []);
    if (nodes === undefined || nodes.length > 0) this.#changed.fire(nodes);
  }

  /** Refreshes the sweeps in these folders with their trials, or everything. */
  #fireSweeps(folders: readonly string[] | undefined): void {
    const nodes = folders?.flatMap((folder) => this.#sweepNodes.get(folder) ?? []);
    if (nodes === undefined || nodes.length > 0) this.#changed.fire(nodes);
  }

  dispose(): void {
    clearInterval(this.#ageTimer);
    clearTimeout(this.#progressTimer);
    this.#host.training.events.off('changed', this.#fireSoon);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) {
      // Until it resolves, VS Code shows a progress bar instead of an empty tree.
      await this.#host.runs.firstLook();
      await this.#sweeps.firstLook();
      this.#runNodes.clear();
      this.#sweepNodes.clear();
      return this.#experiments();
    }
    if (node instanceof ExperimentNode)
      return [
        ...node.waiting.map((job) => new WaitingNode(job)),
        ...node.batchJobs.map((job) => new BatchJobNode(job)),
        ...node.sweeps.map(({ listed }) => this.#sweepNode(listed.folder)),
        ...node.runs.map((run) => this.#runNode(run)),
      ];
    if (node instanceof SweepNode) return await this.#sweepChildren(node);
    if (node instanceof TrialGroupNode)
      return trialsWith(node.view, node.status).map((trial) => new TrialNode(node.view, trial));
    if (node instanceof TrialNode)
      return runsOfTrial(this.#host.runs.runs, node).map((run) => this.#runNode(run));
    if (node instanceof RunNode)
      return this.#checkpoints(node.runFolder).catch((error) => [
        // In a narrow view, only the part after the run's own folder tells problems apart.
        new ProblemNode(problemText(problemOf(error)).replaceAll(`${node.runFolder}${sep}`, '')),
      ]);
    return [];
  }

  #sweepNode(folder: string): SweepNode {
    const node = new SweepNode(folder);
    this.#sweepNodes.set(folder, node);
    return node;
  }

  async #sweepChildren({ folder }: SweepNode): Promise<TreeNode[]> {
    if (this.#sweeps.sweepIn(folder)?.view === undefined) await this.#sweeps.refresh();
    const sweep = this.#sweeps.sweepIn(folder);
    if (sweep === undefined) return [];
    return sweep.problem === undefined ? sweepRows(sweep) : [new ProblemNode(sweep.problem)];
  }

  #runNode(run: CataloguedRun): RunNode {
    const { folder } = run.run;
    const node = new RunNode(folder, run);
    this.#runNodes.set(folder, node);
    return node;
  }

  getTreeItem(node: TreeNode): TreeItem {
    switch (node.kind) {
      case 'experiment':
        return experimentItem(node);
      case 'waiting':
        return waitingItem(node);
      case 'batchJob':
        return batchJobItem(node.job);
      case 'run': {
        const item = this.#runItem(node);
        // Without a tooltip, VS Code resolves it when the user hovers over the row.
        delete item.tooltip;
        return item;
      }
      case 'checkpoint':
        return checkpointItem(
          node,
          this.#host.runs.runs.find(({ run }) => run.folder === node.runFolder),
        );
      case 'problem':
        return problemItem(node);
      case 'sweep': {
        const sweep = this.#sweeps.sweepIn(node.folder);
        // Otherwise it was deleted a moment ago, and the row is about to go.
        return sweep === undefined ? new TreeItem(basename(node.folder)) : sweepItem(sweep);
      }
      case 'trials':
        return trialGroupItem(node);
      case 'trial':
        return trialItem(node);
      case 'tasks':
        return slurmTasksItem(node);
    }
  }

  async resolveTreeItem(item: TreeItem, node: TreeNode): Promise<TreeItem> {
    if (node.kind !== 'run') return item;
    const { readConfig } = await import('../../runs/table/run-configs');
    const { tooltip } = this.#runItem(node, (await readConfig(node.runFolder)).get('data.source'));
    const thumbnail = await this.#host.thumbnails.of(node.runFolder);
    item.tooltip =
      typeof tooltip === 'string' && thumbnail !== undefined ? pictureTooltip(tooltip, thumbnail) : tooltip;
    return item;
  }

  /** @param dataSource for the tooltip */
  #runItem(node: RunNode, dataSource?: string): TreeItem {
    const { training, runs } = this.#host;
    return runItem(node, training.jobOfRun(node.runFolder), runs.scoreLook(node.runFolder), {
      dataSource,
      place: this.#batchJobs.placeOf(node.runFolder),
    });
  }

  /** Existing experiments, and those of which only runs are left, under the name that the runs recorded. */
  #experiments(): ExperimentNode[] {
    const { runs, training, filter } = this.#host;
    const presentFiles = new Set(runs.experiments.map((file) => file.fsPath));
    const fileOfRun = (folder: string): string | undefined => {
      const entry = runs.runs.find(({ run }) => run.folder === folder);
      return entry === undefined ? undefined : experimentFileOf(entry, presentFiles);
    };
    const waitingFor = (file: string) =>
      training.jobs.filter(
        ({ request, runFolder }) =>
          runFolder === undefined &&
          (request.type === 'start' ? request.experimentFile : fileOfRun(request.runFolder)) === file,
      );
    // A filter finds runs wherever they are.
    const isFiltered = filter.text !== '';
    const sweeps = isFiltered ? [] : this.#sweeps.sweeps;
    const jobs = isFiltered ? [] : this.#batchJobs.jobs;
    const contents = contentsOf(runs.runs, sweeps, jobs, presentFiles);
    const present = runs.experiments.map((file) => {
      const own = contents.get(file.fsPath) ?? NO_CONTENTS;
      const name = experimentName(file.fsPath);
      const waiting = waitingFor(file.fsPath);
      return new ExperimentNode(file, name, false, own.runs, own.sweeps, waiting, own.batchJobs);
    });
    const missing = [...contents]
      .filter(([file]) => !presentFiles.has(file))
      .map(([file, own]) => {
        const name = recordedName(file, own.runs);
        return new ExperimentNode(Uri.file(file), name, true, own.runs, own.sweeps, [], own.batchJobs);
      });
    const all = [...present, ...missing.sort((a, b) => a.name.localeCompare(b.name))];
    return filter.text === '' ? all : all.flatMap((node) => this.#filtered(node));
  }

  /** Returns the experiment with its matching runs; drops an experiment without any, unless its own name matches. */
  #filtered(node: ExperimentNode): readonly ExperimentNode[] {
    const { filter, training } = this.#host;
    if (fits(node.name, filter.text)) return [node];
    const runs = node.runs.filter((entry) => {
      const state = shownState(entry, training.jobOfRun(entry.run.folder));
      return fits(searchedText(entry, stateName(state)), filter.text);
    });
    if (runs.length === 0) return [];
    return [new ExperimentNode(node.file, node.name, node.isMissing, runs, [], [], [])];
  }

  /** The message above the rows while a filter hides some; empty otherwise. */
  message(): string {
    const { filter } = this.#host;
    if (filter.text === '') return '';
    const shown = this.#experiments().reduce((count, { runs }) => count + runs.length, 0);
    return l10n.t(
      'Runs matching “{0}”: {1} of {2}',
      filter.text,
      countText(shown),
      countText(this.#host.runs.runs.length),
    );
  }

  async #checkpoints(runFolder: string): Promise<CheckpointNode[]> {
    const { listCheckpoints } = await import('../../runs/run-catalogue');
    const checkpoints = await listCheckpoints(runFolder, this.#host.runs.scoreLook(runFolder).best?.step);
    return checkpoints.map((checkpoint) => {
      const file = join(runFolder, RUN_FILES.checkpoints, stepFileName(checkpoint.step, 'safetensors'));
      return new CheckpointNode(runFolder, checkpoint, Uri.file(file));
    });
  }
}

interface ExperimentContents {
  readonly runs: CataloguedRun[];
  readonly sweeps: KnownSweep[];
  readonly batchJobs: BatchJob[];
}

const NO_CONTENTS: ExperimentContents = { runs: [], sweeps: [], batchJobs: [] };

/** What belongs to each experiment, by its file. Runs of a sweep are below their trials, if it is there. */
function contentsOf(
  runs: readonly CataloguedRun[],
  sweeps: readonly KnownSweep[],
  batchJobs: readonly BatchJob[],
  presentFiles: ReadonlySet<string>,
): ReadonlyMap<string, ExperimentContents> {
  const contents = new Map<string, ExperimentContents>();
  const of = (file: string): ExperimentContents => {
    const known = contents.get(file) ?? { runs: [], sweeps: [], batchJobs: [] };
    contents.set(file, known);
    return known;
  };
  const files = new Map<string, string | undefined>(sweeps.map(({ listed }) => [listed.folder, undefined]));
  for (const entry of runs) {
    const sweep = sweepFolderOf(entry);
    const file = experimentFileOf(entry, presentFiles);
    if (sweep !== undefined && files.has(sweep)) files.set(sweep, file);
    else of(file).runs.push(entry);
  }
  for (const sweep of sweeps) {
    const { folder, experimentFile } = sweep.listed;
    of(files.get(folder) ?? experimentFileOfPlan(folder, experimentFile, presentFiles)).sweeps.push(sweep);
  }
  for (const job of batchJobs)
    of(experimentFileOfPlan(job.folder, job.experimentFile, presentFiles)).batchJobs.push(job);
  return contents;
}

/** Of a sweep or a batch job without runs. The project may have been moved since, with its `gan-runs` folder. */
function experimentFileOfPlan(
  folder: string,
  experimentFile: string,
  presentFiles: ReadonlySet<string>,
): string {
  const besideRuns = join(dirname(folder), '..', '..', basename(experimentFile));
  return [experimentFile, besideRuns].find((file) => presentFiles.has(file)) ?? experimentFile;
}

function experimentName(file: string): string {
  return basename(file).replace(/\.gan\.json$/i, '');
}

function recordedName(file: string, entries: readonly CataloguedRun[]): string {
  const recorded = entries.find(({ run }) => 'record' in run)?.run;
  return recorded !== undefined && 'record' in recorded ? recorded.record.experiment : experimentName(file);
}

function experimentItem({
  file,
  name,
  isMissing,
  runs,
  sweeps,
  waiting,
  batchJobs,
}: ExperimentNode): TreeItem {
  const hasChildren = runs.length + sweeps.length + waiting.length + batchJobs.length > 0;
  const item = new TreeItem(
    name,
    hasChildren ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None,
  );
  // VS Code remembers collapsed rows by id, and treats a row that had no runs yet as collapsed.
  item.id = hasChildren ? file.fsPath : `${file.fsPath} without runs`;
  item.iconPath = new ThemeIcon('beaker');
  item.contextValue = isMissing ? 'experiment.missing' : 'experiment';
  item.tooltip = file.fsPath;
  const counted = l10n.t('Runs: {0}', countText(runs.length));
  const spoken = [name, l10n.t('experiment'), ...(isMissing ? [l10n.t('file not found')] : []), counted];
  item.accessibilityInformation = { label: spoken.join(', ') };
  if (isMissing) {
    item.description = l10n.t('file not found');
    return item;
  }
  const folder = workspace.asRelativePath(dirname(file.fsPath));
  item.description = folder === dirname(file.fsPath) ? '' : folder;
  item.resourceUri = file;
  item.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [file] };
  return item;
}

function waitingItem({ job }: WaitingNode): TreeItem {
  const item = new TreeItem(l10n.t('New run'));
  item.id = job.id;
  item.iconPath = stateIcon(job.state);
  item.description = stateName(job.state);
  item.contextValue = job.isWaiting ? 'waiting' : 'starting';
  const state = `${job.title}: ${stateName(job.state)}`;
  item.tooltip = job.state === 'held' ? `${state}\n${heldText()}` : state;
  item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
  return item;
}

interface RunDetails {
  /** For the tooltip. */
  readonly dataSource: string | undefined;
  /** Where Slurm trains it. */
  readonly place: SlurmPlace | undefined;
}

function runItem(
  { runFolder, catalogued }: RunNode,
  job: TrainingJob | undefined,
  look: ScoreLook,
  { dataSource, place }: RunDetails,
): TreeItem {
  const { run, labels } = catalogued;
  const state = shownState(catalogued, job);
  const item = new TreeItem(labels.name ?? basename(runFolder), TreeItemCollapsibleState.Collapsed);
  item.id = runFolder;
  const findings = look.findings ?? [];
  item.iconPath = isTroubled(state, findings) ? TROUBLED_ICON : stateIcon(state);
  item.contextValue = `run.${steerability(state)}${findingsWord(findings)}${sourceWord(catalogued)}`;
  item.command = {
    command: COMMANDS.openDashboard,
    title: l10n.t('Open Dashboard'),
    arguments: [runFolder, KEEP_FOCUS],
  };
  if (!('record' in run)) {
    item.description = stateName(state);
    item.tooltip = `${runFolder}\n${problemText(run)}`;
    item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
    return item;
  }
  const { record } = run;
  const step = reachedStep(run, look, job?.progress?.step);
  const { best } = look;
  const problems = [catalogued.labelsProblem, look.problem]
    .filter((problem) => problem !== undefined)
    .map(problemText);
  const damage = problems.length === 0 ? [] : [l10n.t('files are damaged')];
  const score =
    best === undefined ? [] : [l10n.t('best {0} (step {1})', scoreText(best), countText(best.step))];
  const tags = labels.tags.map((tag) => `#${tag}`);
  if (problems.length > 0 && steerability(state) === 'ended') item.iconPath = stateIcon('damaged');
  const found = findings.length === 0 ? [] : [l10n.t('findings: {0}', findings.length)];
  const done = [countText(step), countText(record.totalSteps)] as const;
  const age = ageText(record.createdAt, Date.now());
  const stop = state === 'stopped' ? stopText(record) : undefined;
  const why = stop === undefined ? [] : [stop];
  // Views are narrow: the step comes first while a run is live, its score afterwards.
  const where = place === undefined || !isLive(state) ? [] : [placeText(place)];
  const facts = isLive(state) ? [done.join('/'), ...where, ...score] : [...score, done.join('/')];
  const shortStop = state === 'stopped' ? shortStopText(record) : undefined;
  const shortWhy = shortStop === undefined ? [] : [shortStop];
  item.description = [...damage, ...shortWhy, ...facts, ...found, age, ...tags].join(' · ');
  item.accessibilityInformation = {
    label: [
      item.label,
      stateName(state),
      ...damage,
      l10n.t('step {0} of {1}', ...done),
      ...where,
      ...why,
      ...found,
      ...score,
      agoText(record.createdAt, Date.now()),
      ...tags,
    ].join(', '),
  };
  const failure = state === 'failed' ? (job?.failure ?? record.failure) : undefined;
  item.tooltip = [
    `${record.id}: ${[stateName(state), ...where, ...why].join(', ')}`,
    ...(failure === undefined ? [] : failureTexts(failure)),
    ...[endingText(record), endingReason(record)].filter((text) => text !== undefined),
    ...findings
      .slice(-MAX_FINDINGS)
      .map((finding) => l10n.t('Finding at step {0}: {1}', countText(finding.step), findingTitle(finding))),
    ...problems,
    ...(best === undefined ? [] : [captionedScoreText(best, dataSource)]),
    ...(record.parent === undefined ? [] : originTexts(record.parent)),
    ...(labels.note === '' ? [] : [labels.note]),
    runFolder,
  ].join('\n');
  return item;
}

function originTexts({ run, step, weights, changes = [] }: RunParent): string[] {
  if (weights === undefined)
    return [
      step === 0
        ? l10n.t('Restarted from {0} with changes', run)
        : l10n.t('Continues {0} from step {1}', run, countText(step)),
      ...changes.map(differenceText),
    ];
  const { skipped } = weights;
  return [
    l10n.t('Started from the weights of {0}, step {1}', run, countText(step)),
    ...(skipped === undefined ? [] : [l10n.t('Weights that did not fit: {0}', countText(skipped.count))]),
  ];
}

/** Formats the old and new value of a config key. */
function differenceText({ key, before, after }: ConfigDifference): string {
  const shown = (value: unknown): string => (value === undefined ? '–' : JSON.stringify(value));
  return `${key}: ${shown(before)} → ${shown(after)}`;
}

/**
 * A finding above info severity marks a completed or stopped run as troubled; in other states, the state matters more.
 */
function isTroubled(state: ShownState, findings: readonly FindingRecord[]): boolean {
  return (
    (state === 'completed' || state === 'stopped') && findings.some(({ severity }) => severity !== 'info')
  );
}

function problemItem({ problem }: ProblemNode): TreeItem {
  const item = new TreeItem(problem);
  item.iconPath = new ThemeIcon('warning', new ThemeColor('charts.yellow'));
  item.tooltip = problem;
  item.accessibilityInformation = { label: problem };
  return item;
}

function checkpointIcon({ isBest, isPinned, isDamaged }: ListedCheckpoint): ThemeIcon {
  if (isDamaged) return stateIcon('damaged');
  if (isBest) return new ThemeIcon('star-full', new ThemeColor('charts.yellow'));
  return new ThemeIcon(isPinned ? 'pinned' : 'save');
}

/** Part of `contextValue`, like the word below: the run has changes to apply. */
function findingsWord(findings: readonly FindingRecord[]): string {
  return findings.some(({ changes = [] }) => changes.length > 0) ? ' findings' : '';
}

/** Part of `contextValue`, matched by the menus in `registry.ts`. */
function sourceWord(run: CataloguedRun | undefined): string {
  if (run === undefined) return '';
  if (canExplore(run)) return ' latents';
  return canApply(run) ? ' images' : '';
}

function checkpointItem({ checkpoint, file }: CheckpointNode, run: CataloguedRun | undefined): TreeItem {
  const { step, isLatest, isBest, isPinned, isDamaged } = checkpoint;
  const item = new TreeItem(l10n.t('Step {0}', countText(step)));
  item.id = file.fsPath;
  item.iconPath = checkpointIcon(checkpoint);
  item.description = [
    ...(isDamaged ? [l10n.t('damaged')] : []),
    ...(isLatest ? [l10n.t('latest')] : []),
    ...(isBest ? [l10n.t('best')] : []),
    ...(isPinned ? [l10n.t('pinned')] : []),
  ].join(' · ');
  item.contextValue = `${isPinned ? 'checkpoint.pinned' : 'checkpoint'}${sourceWord(run)}`;
  item.tooltip = file.fsPath;
  const spoken = [l10n.t('checkpoint of step {0}', countText(step)), item.description];
  item.accessibilityInformation = { label: spoken.filter((text) => text !== '').join(', ') };
  return item;
}

/** Creates the view; if there are no experiments, VS Code shows the welcome text that package.json contributes. */
export function createExperimentsView(host: TreeServices): Disposable[] {
  const sweeps = new SweepsModel(host);
  const batchJobs = new BatchJobsModel(host);
  const tree = new ExperimentTree(host, sweeps, batchJobs);
  const view = window.createTreeView(VIEWS.experiments, {
    treeDataProvider: tree,
    canSelectMany: true,
  });
  let watching: readonly Disposable[] = [];
  const stop = (): void => {
    for (const one of watching) one.dispose();
    watching = [];
  };
  const watch = (): void => {
    stop();
    if (view.visible) watching = [host.runs.watch(), sweeps.watch(), batchJobs.watch()];
  };
  watch();
  const showMessage = (): void => {
    view.message = tree.message();
  };
  return [
    tree,
    sweeps,
    batchJobs,
    view,
    view.onDidChangeVisibility(watch),
    host.selection.follow(view),
    tree.onDidChangeTreeData(showMessage),
    { dispose: stop },
  ];
}
