/** *Stop*, *Pause*, *Save Checkpoint Now* and *Resume*, for runs of this window and of any other process. */
import { l10n } from 'vscode';
import type { SteeringRequest } from '../../shared/worker-protocol';
import type { ShownState } from '../experiments/run-state';
import { shownState, steerability } from '../experiments/run-state';
import type { Host } from '../host';
import { type SteeringTarget, steeringTargetsFor } from './targets';

/** A worker of this window is told; any other process sees the request in the run folder. */
async function ask({ job, runFolder }: SteeringTarget, request: SteeringRequest): Promise<void> {
  if (job !== undefined) {
    job.steer(request);
    return;
  }
  if (runFolder === undefined) return;
  const { requestControl } = await import('../../training/run-folder/control');
  await requestControl(runFolder, request);
}

const isLive = (state: ShownState): boolean => steerability(state) === 'live';
const isPaused = (state: ShownState): boolean => steerability(state) === 'paused';

const nothingTrained = (): string => l10n.t('Nothing is being trained.');

export async function stopTraining(host: Host, targets: readonly unknown[]): Promise<void> {
  const chosen = await steeringTargetsFor(host, targets, {
    title: l10n.t('Stop'),
    none: nothingTrained(),
    isOffered: (state) => isLive(state) || isPaused(state),
  });
  for (const each of chosen) await ask(each, 'stop');
}

export async function pauseTraining(host: Host, targets: readonly unknown[]): Promise<void> {
  const chosen = await steeringTargetsFor(host, targets, {
    title: l10n.t('Pause'),
    none: nothingTrained(),
    isOffered: isLive,
  });
  for (const each of chosen) await ask(each, 'pause');
}

export async function saveCheckpoint(host: Host, targets: readonly unknown[]): Promise<void> {
  const chosen = await steeringTargetsFor(host, targets, {
    title: l10n.t('Save Checkpoint Now'),
    none: nothingTrained(),
    isOffered: (state) => isLive(state) || isPaused(state),
  });
  for (const each of chosen) await ask(each, 'checkpoint');
}

/** A paused run continues where it stands; one that has stopped, failed or was interrupted goes on from its newest checkpoint. */
export async function resumeTraining(host: Host, targets: readonly unknown[]): Promise<void> {
  const chosen = await steeringTargetsFor(host, targets, {
    title: l10n.t('Resume'),
    none: l10n.t('There is no run to resume: none is paused, stopped, failed or interrupted.'),
    isOffered: (state) => isPaused(state) || steerability(state) === 'resumable',
  });
  if (chosen.some(({ job }) => job === undefined || job.hasEnded)) await host.runs.rediscover();
  for (const each of chosen) await resume(host, each);
}

async function resume(host: Host, { job, runFolder }: SteeringTarget): Promise<void> {
  if (job !== undefined && !job.hasEnded) {
    // A worker that is stopping hears nothing any more: the run goes on with the next, when this one is gone.
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
