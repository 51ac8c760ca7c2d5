/** Connects the training manager to the editor: workers from the built bundle, settings, and the log. */
import { type LogOutputChannel, Uri, workspace } from 'vscode';
import { SETTINGS, TRAINING_ISOLATIONS, type TrainingIsolation } from '../../shared/contributions';
import type { TrainingWorker } from './training-job';
import { TrainingManager } from './training-manager';
import { openWorkerProcess } from './worker-process';
import { openWorkerThread } from './worker-thread';

type OpenWorker = (workerFile: string, onOutput: (text: string) => void) => TrainingWorker;

const OPENERS: Readonly<Record<TrainingIsolation, OpenWorker>> = {
  thread: openWorkerThread,
  process: openWorkerProcess,
};

export function openTraining(extensionUri: Uri, log: LogOutputChannel): TrainingManager {
  const workerFile = Uri.joinPath(extensionUri, 'dist', 'worker.cjs').fsPath;
  return new TrainingManager({
    openWorker: (isolation = chosenIsolation()) =>
      OPENERS[isolation](workerFile, (text) => log.info(text.trimEnd())),
    maxParallel: () => workspace.getConfiguration().get<number>(SETTINGS.maxParallel, 1),
    recordDeath: async (runFolder, failure) => {
      const { recordDeath } = await import('./record-death');
      await recordDeath(runFolder, failure, (message) => log.warn(message));
    },
    log,
  });
}

function chosenIsolation(): TrainingIsolation {
  const chosen = workspace.getConfiguration().get<unknown>(SETTINGS.isolation);
  return TRAINING_ISOLATIONS.find((known) => known === chosen) ?? 'thread';
}
