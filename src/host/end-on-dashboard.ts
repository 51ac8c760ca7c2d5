/** Whether the dashboard of a run shows how its training ended. */
import type { RunFailure } from '../shared/run-format';
import type { TrainingJob } from './training/training-job';

/**
 * A dashboard shows the contents of the run folder. Training that could not even be opened has written nothing there,
 * and remedies for a wrong file or missing data are offered only with the message.
 *
 * @param recorded the failure in the run folder
 */
export function isEndOnDashboard(
  { state, failure }: Pick<TrainingJob, 'state' | 'failure'>,
  recorded: RunFailure | undefined,
): boolean {
  if (state === 'completed') return true;
  if (failure === undefined || failure.place !== undefined || failure.missingData !== undefined) return false;
  return recorded?.message === failure.message;
}
