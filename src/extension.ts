/** The entry point for VS Code: only wires the parts of the extension together. */
import { type ExtensionContext, window, workspace } from 'vscode';
import { registerLanguageModelTools } from './host/agent/language-model-tools';
import { registerMcpProvider } from './host/agent/mcp-provider';
import { registerCommands } from './host/commands/register';
import { createConfigEditing } from './host/config-editing/config-editing';
import { experimentServiceOpener } from './host/config-editing/open-experiment-service';
import { ResolvedExperiments } from './host/config-editing/resolved-experiment';
import { keepContextKeys } from './host/context-keys';
import { isDashboardVisible, showDashboard } from './host/dashboard/show-dashboard';
import { DatasetSummaries } from './host/datasets/dataset-summaries';
import { createDatasetsView } from './host/datasets/datasets-view';
import { createExperimentsView } from './host/experiments/experiments-view';
import { FilterState } from './host/experiments/filter-state';
import { RunsModel } from './host/experiments/runs-model';
import { Selection } from './host/experiments/selection';
import type { Host, Services } from './host/host';
import { notifyOfEnds, notifyOfNewBeginnings } from './host/notifications';
import { showFailure } from './host/offer';
import { PageGroup } from './host/pages/page-group';
import { SpeedKeeper } from './host/presets/speed-keeper';
import { openPages } from './host/registry';
import { createStatusBarItem } from './host/status-bar';
import { notifyOfStopped } from './host/stopped-runs';
import { registerTasks } from './host/tasks/gan-tasks';
import { keepTensorFlowSearch } from './host/tensorflow-search';
import { LastSession } from './host/training/last-session';
import { openTraining } from './host/training/open-training';
import type { TrainingManager } from './host/training/training-manager';
import { keepWaitingRuns } from './host/training/waiting-runs';
import { Thumbnails } from './runs/thumbnails';
import { SETTINGS } from './shared/contributions';

let training: TrainingManager | undefined;

export function activate({
  extensionUri,
  globalState,
  globalStorageUri,
  workspaceState,
  subscriptions,
}: ExtensionContext): void {
  const log = window.createOutputChannel('GAN', { log: true });
  training = openTraining(extensionUri, log);
  const { events } = training;
  const lastSession = new LastSession(training, workspaceState);
  const closing = new AbortController();
  const experimentService = experimentServiceOpener(extensionUri);
  const services: Services = {
    extensionUri,
    storage: globalStorageUri,
    workspaceState,
    log,
    training,
    runs: new RunsModel(log),
    filter: new FilterState(),
    selection: new Selection(),
    speed: new SpeedKeeper(extensionUri, globalState, log),
    thumbnails: new Thumbnails(),
    datasets: new DatasetSummaries(),
    experimentService,
    resolved: new ResolvedExperiments(experimentService),
    closing: closing.signal,
  };
  const { runs, filter, datasets, resolved } = services;
  const pages = openPages(services, (viewType, load) => new PageGroup(viewType, load));
  const host: Host = { ...services, pages };
  events.on('opened', (_, runFolder, hasWaited) => {
    // By the time a queued run starts, the user is doing something else, which a dashboard would cover.
    if (hasWaited) return;
    // The lesson that tells what to watch stays visible.
    const isLesson = host.pages.course.find({})?.page.isVisible === true;
    void showDashboard(host, [runFolder], { preserveFocus: isLesson, isBeside: isLesson });
    void runs.rediscover();
  });
  events.on('ended', () => void runs.refresh());
  notifyOfNewBeginnings(host);
  notifyOfEnds(host, (runFolder) => isDashboardVisible(host, runFolder));
  notifyOfStopped(host, lastSession).catch((error) => showFailure(host, error));
  subscriptions.push(
    { dispose: () => closing.abort() },
    log,
    runs,
    filter,
    datasets,
    resolved,
    ...Object.values(pages),
    keepContextKeys(host),
    keepTensorFlowSearch(),
    createStatusBarItem(training, lastSession),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTINGS.maxParallel)) host.training.beginNext();
    }),
    ...registerCommands(host),
    ...createDatasetsView(host),
    ...createExperimentsView(host),
    ...createConfigEditing(host),
    registerTasks(extensionUri),
    ...registerLanguageModelTools(host),
    ...registerMcpProvider(extensionUri),
  );
  keepWaitingRuns(training, workspaceState);
}

/** Ends training after the current step, with a checkpoint: a worker is never terminated from outside. */
export async function deactivate(): Promise<void> {
  await training?.close();
}
