/**
 * The ids that package.json contributes, in the one place from which code uses them; a test holds the two together.
 */

export const COMMANDS = {
  startTraining: 'gan.startTraining',
  stopTraining: 'gan.stopTraining',
  pauseTraining: 'gan.pauseTraining',
  resumeTraining: 'gan.resumeTraining',
  startNow: 'gan.startNow',
  cancelWaiting: 'gan.cancelWaiting',
  resumeFromCheckpoint: 'gan.resumeFromCheckpoint',
  trainLonger: 'gan.trainLonger',
  applyFinding: 'gan.applyFinding',
  saveCheckpoint: 'gan.saveCheckpoint',
  newExperiment: 'gan.newExperiment',
  openDashboard: 'gan.openDashboard',
  compareRuns: 'gan.compareRuns',
  compareSelected: 'gan.compareSelected',
  exploreLatents: 'gan.exploreLatents',
  showRunsTable: 'gan.showRunsTable',
  reveal: 'gan.reveal',
  copyPath: 'gan.copyPath',
  showResolved: 'gan.showResolved',
  renameRun: 'gan.renameRun',
  tagRun: 'gan.tagRun',
  addNote: 'gan.addNote',
  pinCheckpoint: 'gan.pinCheckpoint',
  unpinCheckpoint: 'gan.unpinCheckpoint',
  exportSamples: 'gan.exportSamples',
  evaluateRun: 'gan.evaluateRun',
  deleteRun: 'gan.deleteRun',
  deleteCheckpoint: 'gan.deleteCheckpoint',
  filterRuns: 'gan.filterRuns',
  clearFilter: 'gan.clearFilter',
  importDataset: 'gan.importDataset',
  openDataset: 'gan.openDataset',
  fetchData: 'gan.fetchData',
  refreshDatasets: 'gan.refreshDatasets',
  runDoctor: 'gan.runDoctor',
  showLog: 'gan.showLog',
} as const;

export const VIEW_CONTAINERS = { gan: 'gan' } as const;

export const VIEWS = { experiments: 'gan.experiments', datasets: 'gan.datasets' } as const;

/** View types of webview panels, which `onWebviewPanel:` activation events name. */
export const PANELS = {
  dashboard: 'gan.dashboard',
  dataset: 'gan.dataset',
  explorer: 'gan.explorer',
  runsTable: 'gan.runsTable',
} as const;

export const SETTINGS = {
  maxParallel: 'gan.training.maxParallel',
  isolation: 'gan.training.isolation',
  threads: 'gan.training.threads',
  runFolders: 'gan.runs.folders',
} as const;

/** What a training runs in: a thread of the extension host, or a process of its own. */
export const TRAINING_ISOLATIONS = ['thread', 'process'] as const;
export type TrainingIsolation = (typeof TRAINING_ISOLATIONS)[number];

/** Keys that `when` clauses of package.json ask for. */
export const CONTEXT_KEYS = {
  /** Whether this window trains anything or has it in its queue, or another process trains a run that is known here. */
  isTraining: 'gan.isTraining',
  /** Whether a training waits in the queue of this window. */
  isWaiting: 'gan.isWaiting',
  /** Whether there is an experiment, as far as anybody has looked. */
  hasExperiments: 'gan.hasExperiments',
  /** Whether there are runs, as far as anybody has looked. */
  hasRuns: 'gan.hasRuns',
  /** Whether the tree shows only what fits a filter. */
  isFiltered: 'gan.isFiltered',
  /** Which rows of the tree are selected: `run`, `runs`, `checkpoints`, `waiting`, or empty. */
  selection: 'gan.selection',
} as const;

/** Publisher and name: what VS Code knows the extension by. */
export const EXTENSION_ID = 'gan-workbench.gan-workbench';
