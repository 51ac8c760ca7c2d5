/** Starts trainings for an assistant in the window's own queue, where the user sees and steers them. */
import { Uri } from 'vscode';
import type { Trainer } from '../../agent/trainer';
import { WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import type { TrainingRequest } from '../../shared/worker-protocol';
import { chosenCompute } from '../chosen-compute';
import { runGan } from '../commands/gan-process';
import type { Host } from '../host';

type TrainerHost = Pick<Host, 'training' | 'extensionUri' | 'closing'>;

/** The run did not begin. */
class NotStartedError extends WorkbenchError {}

export function editorTrainer(host: TrainerHost): Trainer {
  return {
    start: (experimentFile) => opened(host, { type: 'start', experimentFile, ...chosenCompute() }),
    async resume(runFolder) {
      await opened(host, { type: 'resume', runFolder });
    },
    sweep: (sweepFile) => sweepFolder(host, sweepFile),
  };
}

/** Queues a job and returns its run folder once it is open, which may be after other jobs. */
function opened({ training }: TrainerHost, request: TrainingRequest): Promise<string> {
  const { events } = training;
  return new Promise((resolve, reject) => {
    const job = training.add(request);
    const onOpened = (opened: unknown, runFolder: string): void => {
      if (opened === job) settle(() => resolve(runFolder));
    };
    const onEnded = (ended: unknown): void => {
      const failure = job.failure;
      if (ended === job)
        settle(() =>
          reject(
            new NotStartedError(
              failure?.message ?? localizable('Training ended before it began.'),
              failure?.remedy ?? localizable('See the output channel GAN for the reason.'),
            ),
          ),
        );
    };
    const settle = (act: () => void): void => {
      events.off('opened', onOpened);
      events.off('ended', onEnded);
      act();
    };
    events.on('opened', onOpened);
    events.on('ended', onEnded);
  });
}

/** A sweep trains in processes of its own, which end with the window. */
function sweepFolder({ extensionUri, closing }: TrainerHost, sweepFile: string): Promise<string> {
  return new Promise((resolve, reject) => {
    runGan({
      command: Uri.joinPath(extensionUri, 'dist', 'gan.cjs').fsPath,
      args: ['sweep', sweepFile],
      signal: closing,
      onLine(line) {
        if (line !== undefined && 'type' in line && line.type === 'sweep' && 'folder' in line)
          resolve(String(line.folder));
      },
    }).catch(reject);
  });
}
