/** *Save Checkpoint*: for a run of this window or of any other process; reports the saved step once it is on disk. */
import { basename } from 'node:path';
import { commands, l10n, window } from 'vscode';
import type { Host } from '../host';
import { offer } from '../offer';
import { countText } from '../quantities';
import { COMMANDS } from '../registry';
import type { TrainingJob } from '../training/training-job';
import type { TrainingManager } from '../training/training-manager';
import { isUnderWay, nothingTrained } from './steer';
import { type SteeringTarget, steeringTargetsFor } from './targets';

/** Requests a checkpoint and returns its step; undefined if the job ends before it writes one. */
export function saveInJob({ events }: TrainingManager, job: TrainingJob): Promise<number | undefined> {
  return new Promise((resolve) => {
    const settle = (step: number | undefined): void => {
      events.off('saved', onSaved);
      events.off('ended', onEnded);
      resolve(step);
    };
    const onSaved = (by: TrainingJob, step: number): void => {
      if (by === job) settle(step);
    };
    const onEnded = (ended: TrainingJob): void => {
      if (ended === job) settle(undefined);
    };
    events.on('saved', onSaved);
    events.on('ended', onEnded);
    job.steer('checkpoint');
  });
}

export async function save(
  { training, closing }: Pick<Host, 'training' | 'closing'>,
  { job, runFolder }: SteeringTarget,
): Promise<void> {
  if (runFolder === undefined) return;
  const { saveElsewhere } = await import('./checkpoint-saved');
  const step = job === undefined ? await saveElsewhere(runFolder, closing) : await saveInJob(training, job);
  if (step === undefined) {
    if (!closing.aborted) tellUnsaved(runFolder);
    return;
  }
  void window.showInformationMessage(
    l10n.t('Checkpoint saved at step {0} of {1}.', countText(step), basename(runFolder)),
  );
}

/** The run has ended in the meantime, or its process does not respond. */
function tellUnsaved(runFolder: string): void {
  const open = async (): Promise<void> => {
    await commands.executeCommand(COMMANDS.openDashboard, runFolder);
  };
  const actions = { [l10n.t('Open Dashboard')]: open };
  const text = l10n.t(
    '{0} saved no new checkpoint: it has ended, or its process does not respond.',
    basename(runFolder),
  );
  offer(window.showWarningMessage(text, ...Object.keys(actions)), actions);
}

export async function saveCheckpoint(host: Host, targets: readonly unknown[]): Promise<void> {
  const chosen = await steeringTargetsFor(host, targets, {
    title: l10n.t('Save Checkpoint'),
    none: nothingTrained(),
    isOffered: isUnderWay,
  });
  await Promise.all(chosen.map((each) => save(host, each)));
}
