/**
 * Every command and every page of the extension: how VS Code offers it, and what it does. `npm run manifest` writes what
 * package.json says of them. Code is imported when it is first needed, so that activation stays fast and a script can
 * read this file outside of VS Code.
 */
import { CONTEXT_KEYS, VIEWS } from '../shared/contributions';
import type { CommandDefinition } from './commands/command';
import {
  inTitleOf,
  onDataset,
  onExperimentFile,
  onRow,
  onRows,
  onSweepFile,
  TRUSTED,
} from './commands/menus';
import type { Services } from './host';
import type { GroupedPage, PageDefinition, PageGroup } from './pages/page-group';

export const COMMANDS = {
  startTraining: 'gan.startTraining',
  startSweep: 'gan.startSweep',
  openSweep: 'gan.openSweep',
  startOnSlurm: 'gan.startOnSlurm',
  stopSweep: 'gan.stopSweep',
  resumeSweep: 'gan.resumeSweep',
  stopTraining: 'gan.stopTraining',
  pauseTraining: 'gan.pauseTraining',
  resumeTraining: 'gan.resumeTraining',
  startNow: 'gan.startNow',
  cancelWaiting: 'gan.cancelWaiting',
  resumeFromCheckpoint: 'gan.resumeFromCheckpoint',
  trainLonger: 'gan.trainLonger',
  fineTune: 'gan.fineTune',
  applyFinding: 'gan.applyFinding',
  saveCheckpoint: 'gan.saveCheckpoint',
  newExperiment: 'gan.newExperiment',
  openDashboard: 'gan.openDashboard',
  compareRuns: 'gan.compareRuns',
  compareSelected: 'gan.compareSelected',
  exploreLatents: 'gan.exploreLatents',
  showRunsTable: 'gan.showRunsTable',
  openCourse: 'gan.openCourse',
  reveal: 'gan.reveal',
  copyPath: 'gan.copyPath',
  showResolved: 'gan.showResolved',
  renameRun: 'gan.renameRun',
  tagRun: 'gan.tagRun',
  addNote: 'gan.addNote',
  pinCheckpoint: 'gan.pinCheckpoint',
  unpinCheckpoint: 'gan.unpinCheckpoint',
  exportSamples: 'gan.exportSamples',
  exportRun: 'gan.exportRun',
  applyToImages: 'gan.applyToImages',
  invertImage: 'gan.invertImage',
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
  setUpTensorFlow: 'gan.setUpTensorFlow',
  showLog: 'gan.showLog',
} as const;

export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

// Rows of the experiments tree, by their `contextValue`.
const RUN = /^run\./;
const LIVE = /^run\.live\b/;
/** Also those that are still starting. */
const STARTED = /^(starting|run\.(live|paused))\b/;
const RESUMABLE = /^run\.(paused|resumable)\b/;
const QUEUED = /^(waiting|run\.queued)\b/;
/** Also batch jobs of Slurm. */
const CANCELLABLE = /^(waiting|run\.queued|batchJob)\b/;
const CHECKPOINT = /^checkpoint/;
const SWEEP = /^sweep\./;
const PINNED = /^checkpoint\.pinned\b/;
const UNPINNED = /^checkpoint( |$)/;

export const COMMAND_TABLE: Readonly<Record<CommandId, CommandDefinition>> = {
  [COMMANDS.startTraining]: {
    title: 'Start Training',
    icon: 'play',
    palette: TRUSTED,
    menus: [
      onExperimentFile('editor/title', 'navigation@1'),
      onRows('experiment', 'inline@1', TRUSTED),
      onRow('experiment', '1_train@1', TRUSTED),
      onDataset('inline@1', TRUSTED),
      onDataset('2_train@1', TRUSTED),
      onExperimentFile('explorer/context', '7_gan@1'),
      onExperimentFile('editor/title/context', '7_gan@1'),
    ],
    run: async ({ host, target }) => (await import('./commands/start-training')).startTraining(host, target),
  },
  [COMMANDS.startSweep]: {
    title: 'Start Sweep',
    icon: 'run-all',
    palette: TRUSTED,
    menus: [
      onSweepFile('editor/title', 'navigation@1'),
      onSweepFile('explorer/context', '7_gan@1'),
      onSweepFile('editor/title/context', '7_gan@1'),
    ],
    run: async ({ host, target }) => (await import('./commands/start-sweep')).startSweep(host, target),
  },
  [COMMANDS.openSweep]: {
    title: 'Open Sweep',
    icon: 'graph-scatter',
    inRestrictedMode: true,
    palette: 'workspaceFolderCount != 0',
    menus: [onRows(SWEEP, 'inline@3'), onRow(SWEEP, '0_open@1')],
    run: async ({ host, target }) => (await import('./sweep/open-sweep')).openSweep(host, target),
  },
  [COMMANDS.startOnSlurm]: {
    title: 'Start Training on Slurm…',
    icon: 'server-process',
    palette: TRUSTED,
    menus: [
      onRow('experiment', '1_train@2', `${TRUSTED} && ${CONTEXT_KEYS.hasSlurm}`),
      onExperimentFile('explorer/context', '7_gan@2', CONTEXT_KEYS.hasSlurm),
      onSweepFile('explorer/context', '7_gan@2', CONTEXT_KEYS.hasSlurm),
    ],
    run: async ({ host, target }) => (await import('./slurm/start-on-slurm')).startOnSlurm(host, target),
  },
  [COMMANDS.stopSweep]: {
    title: 'Stop Sweep',
    icon: 'debug-stop',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRows('sweep.running', 'inline@1', TRUSTED), onRow('sweep.running', '1_train@1', TRUSTED)],
    run: async ({ host, target }) => (await import('./commands/stop-sweep')).stopSweep(host, target),
  },
  [COMMANDS.resumeSweep]: {
    title: 'Resume Sweep',
    icon: 'debug-continue',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRows('sweep.resumable', 'inline@1', TRUSTED), onRow('sweep.resumable', '1_train@1', TRUSTED)],
    run: async ({ host, target }) => (await import('./commands/resume-sweep')).resumeSweep(host, target),
  },
  [COMMANDS.stopTraining]: {
    title: 'Stop',
    icon: 'debug-stop',
    palette: CONTEXT_KEYS.isTraining,
    menus: [onRows(STARTED, 'inline@2'), onRows(STARTED, '1_train@2')],
    run: async ({ host, targets }) => (await import('./commands/steer')).stopTraining(host, targets),
  },
  [COMMANDS.pauseTraining]: {
    title: 'Pause',
    icon: 'debug-pause',
    palette: CONTEXT_KEYS.isTraining,
    menus: [onRows(LIVE, 'inline@1'), onRows(LIVE, '1_train@1')],
    run: async ({ host, targets }) => (await import('./commands/steer')).pauseTraining(host, targets),
  },
  [COMMANDS.resumeTraining]: {
    title: 'Resume',
    icon: 'debug-continue',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRows(RESUMABLE, 'inline@1'), onRows(RESUMABLE, '1_train@1')],
    run: async ({ host, targets }) => (await import('./commands/steer')).resumeTraining(host, targets),
  },
  [COMMANDS.startNow]: {
    title: 'Start Now',
    icon: 'run-above',
    palette: CONTEXT_KEYS.isWaiting,
    menus: [onRows(QUEUED, 'inline@1'), onRows(QUEUED, '1_train@1')],
    run: async ({ host, targets }) => (await import('./commands/steer')).startNow(host, targets),
  },
  [COMMANDS.cancelWaiting]: {
    title: 'Cancel',
    icon: 'close',
    palette: CONTEXT_KEYS.isWaiting,
    menus: [onRows(CANCELLABLE, 'inline@2'), onRows(CANCELLABLE, '1_train@2')],
    keybinding: { key: 'delete', mac: 'cmd+backspace', selection: '== waiting' },
    run: async ({ host, targets }) => (await import('./commands/steer')).cancelWaiting(host, targets),
  },
  [COMMANDS.resumeFromCheckpoint]: {
    title: 'Resume from Checkpoint',
    icon: 'repo-forked',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRows(CHECKPOINT, 'inline@2'), onRow(CHECKPOINT, '1_train@1')],
    run: async ({ host, target }) =>
      (await import('./commands/resume-from-checkpoint')).resumeFromCheckpoint(host, target),
  },
  [COMMANDS.trainLonger]: {
    title: 'Train Longer…',
    icon: 'debug-continue',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRow(/^run\.ended\b/, '1_train@4')],
    run: async ({ host, target }) => (await import('./commands/train-longer')).trainLonger(host, target),
  },
  [COMMANDS.fineTune]: {
    title: 'Fine-Tune in New Experiment',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRow(/^(run\.(resumable|ended)|checkpoint)/, '1_train@6')],
    run: async ({ host, target }) => (await import('./commands/fine-tune')).fineTune(host, target),
  },
  [COMMANDS.applyFinding]: {
    title: 'Apply Finding…',
    icon: 'lightbulb',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRow(/^run\..* findings\b/, '1_train@5')],
    run: async ({ host, target }) => (await import('./commands/apply-finding')).applyFinding(host, target),
  },
  [COMMANDS.saveCheckpoint]: {
    title: 'Save Checkpoint',
    icon: 'save',
    palette: CONTEXT_KEYS.isTraining,
    menus: [onRows(/^run\.(live|paused)\b/, '1_train@3')],
    run: async ({ host, targets }) =>
      (await import('./commands/save-checkpoint')).saveCheckpoint(host, targets),
  },
  [COMMANDS.newExperiment]: {
    title: 'New Experiment…',
    icon: 'add',
    menus: [inTitleOf(VIEWS.experiments, 'navigation@1'), onDataset('2_train@2', TRUSTED)],
    run: async ({ host, target }) => (await import('./commands/new-experiment')).newExperiment(host, target),
  },
  [COMMANDS.openDashboard]: {
    title: 'Open Dashboard',
    icon: 'graph-line',
    inRestrictedMode: true,
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRows(RUN, 'inline@3'), onRow(RUN, '0_open@1')],
    run: async ({ host, target, option }) =>
      (await import('./dashboard/commands')).openDashboard(host, target, option),
  },
  [COMMANDS.compareRuns]: {
    title: 'Compare Runs…',
    icon: 'git-compare',
    inRestrictedMode: true,
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRow(RUN, '2_compare@1')],
    run: async ({ host, targets }) => (await import('./dashboard/commands')).compareRuns(host, targets),
  },
  [COMMANDS.compareSelected]: {
    title: 'Compare Selected',
    icon: 'git-compare',
    inRestrictedMode: true,
    palette: 'false',
    menus: [onRows(RUN, '2_compare@1', 'listMultiSelection')],
    run: async ({ host, targets }) => (await import('./dashboard/commands')).compareRuns(host, targets),
  },
  [COMMANDS.exploreLatents]: {
    title: 'Explore Latents',
    icon: 'compass',
    inRestrictedMode: true,
    palette: CONTEXT_KEYS.hasRuns,
    menus: [
      onRows(/^checkpoint.* latents$/, 'inline@3'),
      onRow(/^(checkpoint|run\.).* latents$/, '2_compare@2'),
    ],
    run: async ({ host, target }) =>
      (await import('./explorer/explore-latents')).exploreLatents(host, target),
  },
  [COMMANDS.showRunsTable]: {
    title: 'Show Runs Table',
    icon: 'table',
    inRestrictedMode: true,
    palette: 'workspaceFolderCount != 0',
    menus: [inTitleOf(VIEWS.experiments, 'navigation@3')],
    run: ({ host }) => host.pages.runsTable.show('all'),
  },
  [COMMANDS.openCourse]: {
    title: 'Open Course',
    icon: 'mortar-board',
    inRestrictedMode: true,
    run: ({ host, target }) => host.pages.course.show(typeof target === 'string' ? { lesson: target } : {}),
  },
  [COMMANDS.reveal]: {
    title: 'Reveal in Explorer',
    inRestrictedMode: true,
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRow(/^(experiment$|checkpoint|run\.|sweep\.)/, '2_file@1'), onDataset('3_file@1')],
    run: async ({ host, target }) => (await import('./commands/locations')).reveal(host, target),
  },
  [COMMANDS.copyPath]: {
    title: 'Copy Path',
    inRestrictedMode: true,
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRow(/^(experiment|checkpoint|run\.|sweep\.)/, '2_file@2'), onDataset('3_file@2')],
    run: async ({ host, target }) => (await import('./commands/locations')).copyPath(host, target),
  },
  [COMMANDS.showResolved]: {
    title: 'Show Resolved Experiment',
    icon: 'json',
    inRestrictedMode: true,
    palette: 'resourceFilename =~ /\\.gan\\.json$/',
    menus: [onRow('experiment', '2_file@0')],
    run: ({ host, target }) => host.resolved.show(target),
  },
  [COMMANDS.renameRun]: {
    title: 'Rename…',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRow(RUN, '3_label@1')],
    keybinding: { key: 'f2', mac: 'enter', selection: '== run' },
    run: async ({ host, target }) => (await import('./commands/labels')).renameRun(host, target),
  },
  [COMMANDS.tagRun]: {
    title: 'Edit Tags…',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRows(RUN, '3_label@2')],
    run: async ({ host, targets }) => (await import('./commands/labels')).tagRun(host, targets),
  },
  [COMMANDS.addNote]: {
    title: 'Edit Note…',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRow(RUN, '3_label@3')],
    run: async ({ host, target }) => (await import('./commands/labels')).addNote(host, target),
  },
  [COMMANDS.pinCheckpoint]: {
    title: 'Pin Checkpoint',
    icon: 'pin',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRows(UNPINNED, 'inline@1'), onRows(UNPINNED, '3_label@1')],
    run: async ({ host, targets }) => (await import('./commands/pins')).pinCheckpoint(host, targets),
  },
  [COMMANDS.unpinCheckpoint]: {
    title: 'Unpin Checkpoint',
    icon: 'pinned',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRows(PINNED, 'inline@1'), onRows(PINNED, '3_label@1')],
    run: async ({ host, targets }) => (await import('./commands/pins')).unpinCheckpoint(host, targets),
  },
  [COMMANDS.exportSamples]: {
    title: 'Export Samples…',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRow(RUN, '4_export@1')],
    run: async ({ host, target }) => (await import('./commands/export-samples')).exportSamples(host, target),
  },
  [COMMANDS.exportRun]: {
    title: 'Export…',
    icon: 'export',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRow(/^(run\.|checkpoint)/, '4_export@2')],
    run: async ({ host, target, option }) =>
      (await import('./commands/export-run')).exportRun(host, target, option),
  },
  [COMMANDS.applyToImages]: {
    title: 'Apply to Images…',
    icon: 'wand',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRow(/^(checkpoint|run\.).* images$/, '2_compare@3')],
    run: async ({ host, target, option }) =>
      (await import('./commands/apply-to-images')).applyToImages(host, target, option),
  },
  [COMMANDS.invertImage]: {
    title: 'Invert Image…',
    icon: 'file-media',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRow(/^(checkpoint|run\.).* latents$/, '2_compare@3')],
    run: async ({ host, target }) => (await import('./explorer/explore-latents')).invertImage(host, target),
  },
  [COMMANDS.evaluateRun]: {
    title: 'Evaluate Run…',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRow(/^(run\.|checkpoint)/, '2_compare@2')],
    run: async ({ host, target }) => (await import('./commands/evaluate-run')).evaluateRun(host, target),
  },
  [COMMANDS.deleteRun]: {
    title: 'Delete Run',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRows(/^run\.(resumable|ended)\b/, '5_delete@1')],
    keybinding: { key: 'delete', mac: 'cmd+backspace', selection: '=~ /^runs?$/' },
    run: async ({ host, targets }) => (await import('./commands/delete')).deleteRun(host, targets),
  },
  [COMMANDS.deleteCheckpoint]: {
    title: 'Delete Checkpoint',
    palette: CONTEXT_KEYS.hasRuns,
    menus: [onRows(CHECKPOINT, '5_delete@1')],
    keybinding: { key: 'delete', mac: 'cmd+backspace', selection: '== checkpoints' },
    run: async ({ host, targets }) => (await import('./commands/delete')).deleteCheckpoint(host, targets),
  },
  [COMMANDS.filterRuns]: {
    title: 'Filter Runs…',
    icon: 'filter',
    inRestrictedMode: true,
    palette: CONTEXT_KEYS.hasRuns,
    menus: [inTitleOf(VIEWS.experiments, 'navigation@2', `!${CONTEXT_KEYS.isFiltered}`)],
    run: async ({ host }) => (await import('./commands/filter')).filterRuns(host),
  },
  [COMMANDS.clearFilter]: {
    title: 'Clear Filter',
    icon: 'filter-filled',
    inRestrictedMode: true,
    palette: CONTEXT_KEYS.isFiltered,
    menus: [inTitleOf(VIEWS.experiments, 'navigation@2', CONTEXT_KEYS.isFiltered)],
    run: async ({ host }) => (await import('./commands/filter')).clearFilter(host),
  },
  [COMMANDS.importDataset]: {
    title: 'Import Dataset…',
    icon: 'add',
    menus: [
      inTitleOf(VIEWS.datasets, 'navigation@1'),
      {
        menu: 'explorer/context',
        when: 'explorerResourceIsFolder && isWorkspaceTrusted && resourceScheme == file',
        group: '7_gan@1',
      },
    ],
    run: async ({ host, target }) => (await import('./datasets/import-dataset')).importDataset(host, target),
  },
  [COMMANDS.openDataset]: {
    title: 'Open Dataset',
    icon: 'database',
    palette: CONTEXT_KEYS.hasExperiments,
    menus: [onDataset('1_open@1', TRUSTED)],
    run: async ({ host, target }) => (await import('./datasets/open-dataset')).openDataset(host, target),
  },
  [COMMANDS.fetchData]: {
    title: 'Fetch Data…',
    icon: 'cloud-download',
    menus: [inTitleOf(VIEWS.datasets, 'navigation@2')],
    run: async ({ host, target }) => (await import('./datasets/fetch-command')).fetchData(host, target),
  },
  [COMMANDS.refreshDatasets]: {
    title: 'Refresh Datasets',
    icon: 'refresh',
    inRestrictedMode: true,
    menus: [inTitleOf(VIEWS.datasets, 'navigation@3'), onDataset('4_refresh@1')],
    run: async ({ host }) => host.datasets.refresh(),
  },
  [COMMANDS.runDoctor]: {
    title: 'Run Doctor',
    inRestrictedMode: true,
    run: async ({ host }) => (await import('./commands/run-doctor')).runDoctor(host),
  },
  [COMMANDS.setUpTensorFlow]: {
    title: 'Set Up TensorFlow…',
    run: async ({ host }) => {
      const { runDoctor } = await import('./commands/run-doctor');
      await (await import('./commands/set-up-tensorflow')).setUpTensorFlow(() => runDoctor(host));
    },
  },
  [COMMANDS.showLog]: {
    title: 'Show Log',
    icon: 'output',
    inRestrictedMode: true,
    menus: [inTitleOf(VIEWS.experiments, 'navigation@4')],
    run: async ({ host }) => host.log.show(),
  },
};

/** View types of webview panels. */
export const PANELS = {
  course: 'gan.course',
  dashboard: 'gan.dashboard',
  dataset: 'gan.dataset',
  explorer: 'gan.explorer',
  runsTable: 'gan.runsTable',
  sweep: 'gan.sweep',
  translation: 'gan.translation',
} as const;

export type PanelId = (typeof PANELS)[keyof typeof PANELS];

/** Returns the group of pages of a view type; `load` is called when the first page opens. */
type OpenGroup = <Target, Opened extends GroupedPage>(
  viewType: PanelId,
  load: () => Promise<PageDefinition<Target, Opened>>,
) => PageGroup<Target, Opened>;

export function openPages(services: Services, open: OpenGroup) {
  return {
    course: open(PANELS.course, async () => (await import('./course/course-panel')).coursePage(services)),
    dashboard: open(PANELS.dashboard, async () =>
      (await import('./dashboard/dashboard-panel')).dashboardPage(services),
    ),
    dataset: open(PANELS.dataset, async () =>
      (await import('./datasets/dataset-panel')).datasetPage(services),
    ),
    explorer: open(PANELS.explorer, async () =>
      (await import('./explorer/explorer-panel')).explorerPage(services),
    ),
    runsTable: open(PANELS.runsTable, async () =>
      (await import('./runs-table/runs-table-panel')).runsTablePage(services),
    ),
    sweep: open(PANELS.sweep, async () => (await import('./sweep/sweep-panel')).sweepPage(services)),
    translation: open(PANELS.translation, async () =>
      (await import('./translation/translation-panel')).translationPage(services),
    ),
  } satisfies Readonly<Record<keyof typeof PANELS, unknown>>;
}

export type Pages = ReturnType<typeof openPages>;
