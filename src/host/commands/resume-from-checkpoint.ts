/**
 * *Resume from Checkpoint*: a new run that continues from another run's checkpoint and names that run as its parent.
 */
import { basename } from 'node:path';
import { l10n } from 'vscode';
import type { Host } from '../host';
import { askSteps } from './ask-steps';
import { checkpointFor } from './run-target';

export async function resumeFromCheckpoint(host: Host, target: unknown): Promise<void> {
  const title = l10n.t('Resume from Checkpoint');
  const chosen = await checkpointFor(host, target, title, ({ isDamaged }) => !isDamaged);
  if (chosen === undefined) return;
  const { runFolder, step: fromStep } = chosen;
  const { readRunRecord } = await import('../../run-folder/run-record');
  const { totalSteps } = await readRunRecord(runFolder);
  if (fromStep < totalSteps) {
    host.training.add({ type: 'fork', runFolder, fromStep });
    return;
  }
  // From the last step of the run nothing is left to train unless the new run goes further.
  const end = await askSteps({
    title,
    prompt: l10n.t(
      '{0} ends at this step. Enter the total number of steps of the new run',
      basename(runFolder),
    ),
    done: fromStep,
    suggested: 2 * fromStep,
  });
  if (end !== undefined) host.training.add({ type: 'fork', runFolder, fromStep, totalSteps: end });
}
