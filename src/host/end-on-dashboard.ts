/** Whether a person who looks at the dashboard of a run is told there how its training ended. */
import type { RunFailure } from '../shared/run-format';
import type { TrainingJob } from './training/training-job';

/**
 * A dashboard shows what stands in the run folder. A training that could not even be opened has written nothing there,
 * and what can be done about a file or missing data is offered beside the message alone.
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
