/**
 * Remembers in the workspace what waits in the queue of this window, so that a reload loses nothing that was asked for.
 * The next window lists it and begins it when the person says so: the run that went before has been stopped as well.
 * Knows nothing of VS Code.
 */
import type { TrainingRequest } from '../../shared/worker-protocol';
import type { WorkspaceMemory } from './last-session';
import { storedRequests } from './stored-requests';
import type { TrainingManager } from './training-manager';

const WAITING_RUNS = 'gan.waitingRuns';

/** Lists what an earlier window did not get to, and keeps what waits from now on. */
export function keepWaitingRuns(training: TrainingManager, memory: WorkspaceMemory): void {
  for (const request of storedRequests(memory.get(WAITING_RUNS))) training.hold(request);
  let kept = JSON.stringify(waitingIn(training));
  training.events.on('changed', () => {
    // A window that closes empties its queue; that is for the next one to go on with.
    if (training.isClosing) return;
    const waiting = waitingIn(training);
    const text = JSON.stringify(waiting);
    if (text === kept) return;
    kept = text;
    void memory.update(WAITING_RUNS, waiting);
  });
}

/** A new run without a folder has left nothing on disk yet that could be resumed. */
function waitingIn({ jobs }: TrainingManager): readonly TrainingRequest[] {
  return jobs
    .filter((job) => job.isWaiting || (job.runFolder === undefined && !job.hasEnded))
    .map(({ request }) => request);
}
