/** Starts trainings for an assistant in the window's own queue, where the user sees and steers them. */
import { Uri } from 'vscode';
import type { Trainer } from '../../agent/trainer';
import { chosenCompute } from '../chosen-compute';
import { runGan } from '../commands/gan-process';
import type { Host } from '../host';
import { beginTraining, notStarted } from './begin-training';

type TrainerHost = Pick<Host, 'training' | 'extensionUri' | 'closing'>;

export function editorTrainer(host: TrainerHost): Trainer {
  return {
    start: (experimentFile, signal) =>
      beginTraining(host.training, { type: 'start', experimentFile, ...chosenCompute() }, signal),
    async resume(runFolder, signal) {
      await beginTraining(host.training, { type: 'resume', runFolder }, signal);
    },
    sweep: (sweepFile, signal) => sweepFolder(host, sweepFile, signal),
  };
}

/** A sweep trains in processes of its own, which end with the window. */
function sweepFolder(
  { extensionUri, closing }: TrainerHost,
  sweepFile: string,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    runGan({
      command: Uri.joinPath(extensionUri, 'dist', 'gan.cjs').fsPath,
      args: ['sweep', sweepFile],
      signal: AbortSignal.any([closing, signal]),
      onLine(line) {
        if (line !== undefined && 'type' in line && line.type === 'sweep' && 'folder' in line)
          resolve(String(line.folder));
      },
    })
      // Without effect once the folder is known.
      .then(() => reject(notStarted()), reject);
  });
}
