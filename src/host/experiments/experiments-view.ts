/** The tree in the activity bar: experiments, their runs, and the checkpoints of these. */
import { basename, dirname, join, sep } from 'node:path';
import {
  type Disposable,
  EventEmitter,
  l10n,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  workspace,
} from 'vscode';
import { COMMANDS, VIEWS } from '../../shared/contributions';
import { RUN_FILES, stepFileName } from '../../shared/run-format';
import type { Host } from '../host';
import type { CataloguedRun } from '../runs/run-catalogue';
import { CheckpointNode, ExperimentNode, RunNode, type TreeNode, WaitingNode } from './nodes';
import { ageText, shownState, stateIcon, stateName, steerability } from './run-state';

/** Progress comes ten times a second; nobody reads a tree that fast. */
const PROGRESS_INTERVAL_MS = 500;
/** Ages are in minutes. */
const AGE_INTERVAL_MS = 60_000;

class ExperimentTree implements TreeDataProvider<TreeNode> {
  readonly #host: Host;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscriptions: Disposable[];
  readonly #ageTimer = setInterval(() => this.#changed.fire(), AGE_INTERVAL_MS);
  #progressTimer: NodeJS.Timeout | undefined;

  constructor(host: Host) {
    this.#host = host;
    this.#subscriptions = [this.#changed, host.runs.onDidChange(() => this.#changed.fire())];
    host.training.events.on('changed', this.#fireSoon);
  }

  readonly #fireSoon = (): void => {
    this.#progressTimer ??= setTimeout(() => {
      this.#progressTimer = undefined;
      this.#changed.fire();
    }, PROGRESS_INTERVAL_MS);
  };

  dispose(): void {
    clearInterval(this.#ageTimer);
    clearTimeout(this.#progressTimer);
    this.#host.training.events.off('changed', this.#fireSoon);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) return this.#experiments();
    if (node instanceof ExperimentNode)
      return [
        ...node.waiting.map((job) => new WaitingNode(job)),
        ...node.runs.map(
          (run) => new RunNode(run.run.folder, run, this.#host.training.jobOfRun(run.run.folder)),
        ),
      ];
    if (node instanceof RunNode) return this.#checkpoints(node.runFolder);
    return [];
  }

  getTreeItem(node: TreeNode): TreeItem {
    switch (node.kind) {
      case 'experiment':
        return experimentItem(node);
      case 'waiting':
        return waitingItem(node);
      case 'run':
        return runItem(node);
      case 'checkpoint':
        return checkpointItem(node);
    }
  }

  /** Those that are there, and those of which only runs are left, under the name that these recorded. */
  async #experiments(): Promise<ExperimentNode[]> {
    const { runs, training } = this.#host;
    const runsOf = new Map<string, CataloguedRun[]>();
    const byFile = (file: string): CataloguedRun[] => {
      const known = runsOf.get(file) ?? [];
      runsOf.set(file, known);
      return known;
    };
    for (const entry of runs.runs) byFile(experimentFileOf(entry)).push(entry);
    const waitingFor = (file: string) =>
      training.jobs.filter(
        ({ request, runFolder }) =>
          runFolder === undefined && request.type === 'start' && request.experimentFile === file,
      );
    const present = runs.experiments.map((file) => {
      const { fsPath } = file;
      return new ExperimentNode(
        file,
        experimentName(fsPath),
        false,
        runsOf.get(fsPath) ?? [],
        waitingFor(fsPath),
      );
    });
    const presentFiles = new Set(runs.experiments.map((file) => file.fsPath));
    const missing = [...runsOf]
      .filter(([file]) => !presentFiles.has(file))
      .map(
        ([file, entries]) =>
          new ExperimentNode(Uri.file(file), recordedName(file, entries), true, entries, []),
      );
    return [...present, ...missing.sort((a, b) => a.name.localeCompare(b.name))];
  }

  async #checkpoints(runFolder: string): Promise<CheckpointNode[]> {
    const { listCheckpoints } = await import('../runs/run-catalogue');
    const checkpoints = await listCheckpoints(runFolder);
    return checkpoints.map((checkpoint) => {
      const file = join(runFolder, RUN_FILES.checkpoints, stepFileName(checkpoint.step, 'safetensors'));
      return new CheckpointNode(runFolder, checkpoint, Uri.file(file));
    });
  }
}

/** A damaged run does not say what it is a run of; it stands under its folder. */
function experimentFileOf({ run }: CataloguedRun): string {
  return 'record' in run ? run.record.experimentFile : dirname(run.folder) + sep;
}

function experimentName(file: string): string {
  return basename(file).replace(/\.gan\.json$/i, '');
}

function recordedName(file: string, entries: readonly CataloguedRun[]): string {
  const recorded = entries.find(({ run }) => 'record' in run)?.run;
  return recorded !== undefined && 'record' in recorded ? recorded.record.experiment : file;
}

function experimentItem({ file, name, isMissing, runs, waiting }: ExperimentNode): TreeItem {
  const hasChildren = runs.length + waiting.length > 0;
  const item = new TreeItem(
    name,
    hasChildren ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None,
  );
  // VS Code remembers by id what was collapsed, and to it a row that had no runs yet was.
  item.id = hasChildren ? file.fsPath : `${file.fsPath} without runs`;
  item.iconPath = new ThemeIcon('beaker');
  item.contextValue = isMissing ? 'experiment.missing' : 'experiment';
  item.tooltip = file.fsPath;
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
  item.contextValue = 'run.waiting';
  return item;
}

function runItem({ runFolder, catalogued, job }: RunNode): TreeItem {
  const { run, labels } = catalogued;
  const state = shownState(catalogued, job);
  const item = new TreeItem(labels.name ?? basename(runFolder), TreeItemCollapsibleState.Collapsed);
  item.id = runFolder;
  item.iconPath = stateIcon(state);
  item.contextValue = `run.${steerability(state)}`;
  item.command = { command: COMMANDS.openDashboard, title: l10n.t('Open Dashboard'), arguments: [runFolder] };
  if (!('record' in run)) {
    item.description = stateName(state);
    item.tooltip = `${runFolder}\n${run.problem}`;
    return item;
  }
  const { record } = run;
  const { step, totalSteps } = job?.progress ?? record;
  const age = ageText(record.createdAt, Date.now());
  item.description = [`${step}/${totalSteps}`, age, ...labels.tags.map((tag) => `#${tag}`)].join(' · ');
  const failure = state === 'failed' ? (job?.failure ?? record.failure) : undefined;
  item.tooltip = [
    `${record.id}: ${stateName(state)}`,
    ...(failure === undefined ? [] : [failure.message, failure.remedy]),
    ...(labels.note === '' ? [] : [labels.note]),
    runFolder,
  ].join('\n');
  item.accessibilityInformation = { label: `${item.label}, ${stateName(state)}, ${item.description}` };
  return item;
}

function checkpointItem({ checkpoint, file }: CheckpointNode): TreeItem {
  const { step, isLatest, isPinned } = checkpoint;
  const item = new TreeItem(l10n.t('Step {0}', step));
  item.id = file.fsPath;
  item.iconPath = new ThemeIcon(isPinned ? 'pinned' : 'save');
  item.description = [...(isLatest ? [l10n.t('latest')] : []), ...(isPinned ? [l10n.t('pinned')] : [])].join(
    ' · ',
  );
  item.contextValue = isPinned ? 'checkpoint.pinned' : 'checkpoint';
  item.tooltip = file.fsPath;
  return item;
}

/** Shows the view; where there is no experiment, VS Code shows the welcome text that package.json contributes. */
export function createExperimentsView(host: Host): Disposable[] {
  const tree = new ExperimentTree(host);
  const view = window.createTreeView(VIEWS.experiments, { treeDataProvider: tree });
  const watch = (): void => {
    host.runs.isWatching = view.visible;
  };
  watch();
  return [tree, view, view.onDidChangeVisibility(watch)];
}
