/**
 * *Stop*, *Pause*, *Resume*, and *Start Now* and *Cancel* for queued jobs; for runs of this window or another process.
 */
import { l10n } from 'vscode';
import type { ControlRequest } from '../../shared/run-format';
import { BatchJobNode } from '../experiments/nodes';
import type { ShownState } from '../experiments/run-state';
import { shownState, steerability } from '../experiments/run-state';
import type { RunServices } from '../host';
import { type SteeringTarget, steeringTargetsFor } from './targets';

/** A worker of this window gets a message; any other process sees the request in the run folder. */
export async function ask({ job, runFolder }: SteeringTarget, request: ControlRequest): Promise<void> {
  if (job !== undefined) {
    job.steer(request);
    return;
  }
  if (runFolder === undefined) return;
  const { requestControl } = await import('../../run-folder/control');
  await requestControl(runFolder, request);
}

const isLive = (state: ShownState): boolean => steerability(state) === 'live';
const isPaused = (state: ShownState): boolean => steerability(state) === 'paused';
const isQueued = (state: ShownState): boolean => steerability(state) === 'queued';

/** Whether a run is live or paused. */
export const isUnderWay = (state: ShownState): boolean => isLive(state) || isPaused(state);

export const nothingTrained = (): string => l10n.t('No training is in progress.');
const nothingWaits = (): string => l10n.t('No training is waiting.');

export async function stopTraining(host: RunServices, targets: readonly unknown[]): Promise<void> {
  const chosen = await steeringTargetsFor(host, targets, {
    title: l10n.t('Stop'),
    none: nothingTrained(),
    isOffered: (state) => isUnderWay(state) || isQueued(state),
  });
  for (const each of chosen) await ask(each, 'stop');
}

export async function pauseTraining(host: RunServices, targets: readonly unknown[]): Promise<void> {
  const chosen = await steeringTargetsFor(host, targets, {
    title: l10n.t('Pause'),
    none: nothingTrained(),
    isOffered: isLive,
  });
  for (const each of chosen) await ask(each, 'pause');
}

/** Skips the queue. */
export async function startNow(host: RunServices, targets: readonly unknown[]): Promise<void> {
  const chosen = await steeringTargetsFor(host, targets, {
    title: l10n.t('Start Now'),
    none: nothingWaits(),
    isOffered: isQueued,
  });
  for (const { job } of chosen) if (job !== undefined) host.training.beginNow(job);
}

export async function cancelWaiting(host: RunServices, targets: readonly unknown[]): Promise<void> {
  const jobs = targets.filter((target) => target instanceof BatchJobNode);
  await cancelBatchJobs(jobs);
  if (jobs.length > 0 && jobs.length === targets.length) return;
  const chosen = await steeringTargetsFor(host, targets, {
    title: l10n.t('Cancel'),
    none: nothingWaits(),
    isOffered: isQueued,
  });
  for (const each of chosen) await ask(each, 'stop');
}

/** Throws `SlurmError`. */
async function cancelBatchJobs(nodes: readonly BatchJobNode[]): Promise<void> {
  if (nodes.length === 0) return;
  const { JobFolder } = await import('../../slurm/job-folder');
  for (const { job } of nodes) await (await JobFolder.open(job.folder)).cancel();
}

/**
 * A paused run continues where it is; one that was stopped, failed or interrupted continues from its newest checkpoint.
 */
export async function resumeTraining(host: RunServices, targets: readonly unknown[]): Promise<void> {
  const chosen = await steeringTargetsFor(host, targets, {
    title: l10n.t('Resume'),
    none: l10n.t('No run can be resumed: none is paused, stopped, failed or interrupted.'),
    isOffered: (state) => isPaused(state) || steerability(state) === 'resumable',
  });
  if (chosen.some(({ job }) => job === undefined || job.hasEnded)) await host.runs.rediscover();
  for (const each of chosen) await resume(host, each);
}

async function resume(host: RunServices, { job, runFolder }: SteeringTarget): Promise<void> {
  if (job !== undefined && !job.hasEnded) {
    // A worker that is stopping no longer handles messages: the next worker continues the run once this one has exited.
    if (job.state === 'stopping' && runFolder !== undefined) host.training.add({ type: 'resume', runFolder });
    else job.steer('continue');
    return;
  }
  if (runFolder === undefined) return;
  const listed = host.runs.runs.find(({ run }) => run.folder === runFolder);
  if (listed !== undefined && isPaused(shownState(listed, undefined))) {
    await ask({ runFolder }, 'continue');
    return;
  }
  host.training.add({ type: 'resume', runFolder });
}
