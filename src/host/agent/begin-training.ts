/** Queues a training for an assistant, which waits until the run can be watched. Does not depend on VS Code. */
import { WorkbenchError } from '../../shared/errors';
import { localizable } from '../../shared/localizable-text';
import type { TrainingFailure, TrainingRequest } from '../../shared/worker-protocol';
import type { TrainingJob } from '../training/training-job';
import type { TrainingManager } from '../training/training-manager';

/** A run or a sweep did not begin. */
class NotStartedError extends WorkbenchError {}

export function notStarted(failure?: TrainingFailure): NotStartedError {
  return new NotStartedError(
    failure?.message ?? localizable('Training ended before its first step.'),
    failure?.remedy ?? localizable('See the GAN output channel for the reason.'),
  );
}

/**
 * Returns the run folder once its run trains, which may be after other jobs. A resumed run has its folder before that,
 * but its record still says how it ended. Throws `NotStartedError`.
 *
 * @param signal stops the job, or takes it out of the queue
 */
export async function beginTraining(
  training: TrainingManager,
  request: TrainingRequest,
  signal: AbortSignal,
): Promise<string> {
  const job = training.add(request);
  const stop = (): void => job.steer('stop');
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    while (isBeginning(job)) await new Promise<void>((resolve) => training.events.once('changed', resolve));
  } finally {
    signal.removeEventListener('abort', stop);
  }
  const { state, runFolder, failure } = job;
  if (runFolder !== undefined && state !== 'failed' && state !== 'stopped') return runFolder;
  throw notStarted(failure);
}

/** A job that is stopped before it trains is `stopping` until its worker has exited. */
function isBeginning(job: TrainingJob): boolean {
  return job.isBeginning || job.state === 'stopping';
}
