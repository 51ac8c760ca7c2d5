/** Puts the training manager into the editor: worker threads from the built bundle, settings, and the log. */
import { Worker } from 'node:worker_threads';
import { type LogOutputChannel, Uri, workspace } from 'vscode';
import { SETTINGS } from '../../shared/contributions';
import { TrainingManager } from './training-manager';

export function openTraining(extensionUri: Uri, log: LogOutputChannel): TrainingManager {
  const workerFile = Uri.joinPath(extensionUri, 'dist', 'worker.cjs').fsPath;
  return new TrainingManager({
    openWorker: () => {
      const worker = new Worker(workerFile, { stdout: true, stderr: true });
      // The native runtime writes its warnings there.
      for (const stream of [worker.stdout, worker.stderr])
        stream.on('data', (chunk: Buffer) => log.info(chunk.toString().trimEnd()));
      return worker;
    },
    maxParallel: () => workspace.getConfiguration().get<number>(SETTINGS.maxParallel, 1),
    recordDeath: async (runFolder, failure) => {
      const { recordDeath } = await import('./record-death');
      await recordDeath(runFolder, failure, (message) => log.warn(message));
    },
    log,
  });
}
