/**
 * Saves the queue of this window in the workspace state, so that a reload loses no request. The next window lists the
 * queued runs and starts them when the user asks for it, since the run ahead of them was stopped too. Does not depend
 * on VS Code.
 */
import type { TrainingRequest } from '../../shared/worker-protocol';
import type { WorkspaceMemory } from './last-session';
import { storedRequests } from './stored-requests';
import type { TrainingManager } from './training-manager';

const WAITING_RUNS = 'gan.waitingRuns';

/** Lists the requests that an earlier window did not start, and saves the queue from now on. */
export function keepWaitingRuns(training: TrainingManager, memory: WorkspaceMemory): void {
  for (const request of storedRequests(memory.get(WAITING_RUNS))) training.hold(request);
  let kept = JSON.stringify(waitingIn(training));
  training.events.on('changed', () => {
    // Closing empties the queue; the saved one is for the next window.
    if (training.isClosing) return;
    const waiting = waitingIn(training);
    const text = JSON.stringify(waiting);
    if (text === kept) return;
    kept = text;
    void memory.update(WAITING_RUNS, waiting);
  });
}

/** A new run without a folder has nothing on disk to resume from. */
function waitingIn({ jobs }: TrainingManager): readonly TrainingRequest[] {
  return jobs
    .filter((job) => job.isWaiting || (job.runFolder === undefined && !job.hasEnded))
    .map(({ request }) => request);
}
