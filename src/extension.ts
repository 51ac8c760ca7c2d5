/** The entry point for VS Code: only wires the parts of the extension together. */
import { type ExtensionContext, window, workspace } from 'vscode';
import { registerCommands } from './host/commands/register';
import { createConfigEditing } from './host/config-editing/config-editing';
import { keepContextKeys } from './host/context-keys';
import { registerDashboardCommands } from './host/dashboard/commands';
import { Dashboards } from './host/dashboard/dashboards';
import { registerDatasetCommands } from './host/datasets/commands';
import { Datasets } from './host/datasets/datasets';
import { createDatasetsView } from './host/datasets/datasets-view';
import { createExperimentsView } from './host/experiments/experiments-view';
import { FilterState } from './host/experiments/filter-state';
import { RunsModel } from './host/experiments/runs-model';
import { Selection } from './host/experiments/selection';
import { Explorers } from './host/explorer/explorers';
import type { Host } from './host/host';
import { notifyOfEnds, notifyOfNewBeginnings } from './host/notifications';
import { showFailure } from './host/offer';
import { SpeedKeeper } from './host/presets/speed-keeper';
import { registerRunsTable } from './host/runs-table/runs-table';
import { createStatusBarItem } from './host/status-bar';
import { notifyOfStopped } from './host/stopped-runs';
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
  const runs = new RunsModel(log);
  const filter = new FilterState();
  const selection = new Selection();
  const thumbnails = new Thumbnails();
  const closing = new AbortController();
  const speed = new SpeedKeeper(extensionUri, globalState, log);
  const host: Host = {
    extensionUri,
    log,
    training,
    runs,
    filter,
    selection,
    thumbnails,
    speed,
    closing: closing.signal,
  };
  const dashboards = new Dashboards(host, globalStorageUri);
  const datasets = new Datasets(host);
  events.on('opened', (_, runFolder, hasWaited) => {
    // By the time a queued run starts, the user is doing something else, which a dashboard would cover.
    if (!hasWaited) void dashboards.open(runFolder);
    void runs.rediscover();
  });
  events.on('ended', () => void runs.refresh());
  notifyOfNewBeginnings(host);
  notifyOfEnds(host, (runFolder) => dashboards.isVisible(runFolder));
  notifyOfStopped(host, lastSession).catch((error) => showFailure(host, error));
  subscriptions.push(
    { dispose: () => closing.abort() },
    log,
    runs,
    filter,
    dashboards,
    keepContextKeys(host),
    createStatusBarItem(training, lastSession),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTINGS.maxParallel)) host.training.beginNext();
    }),
    ...registerCommands(host),
    ...registerDashboardCommands(host, dashboards),
    new Explorers(host),
    registerRunsTable(host, workspaceState),
    datasets,
    ...registerDatasetCommands(host, datasets),
    ...createDatasetsView(host, datasets),
    ...createExperimentsView(host),
    ...createConfigEditing(host),
  );
  keepWaitingRuns(training, workspaceState);
}

/** Ends training after the current step, with a checkpoint: a worker is never terminated from outside. */
export async function deactivate(): Promise<void> {
  await training?.close();
}
