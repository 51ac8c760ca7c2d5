/** *Train Longer…*: continues a run that has completed its steps, up to a new total. */
import { basename } from 'node:path';
import { l10n } from 'vscode';
import type { Host } from '../host';
import { countText } from '../quantities';
import { askSteps } from './ask-steps';
import { runFolderFor } from './run-target';

export async function trainLonger(host: Host, target: unknown): Promise<void> {
  const title = l10n.t('Train Longer');
  const runFolder = await runFolderFor(host, target, title, {
    none: l10n.t('No run is completed.'),
    fits: ({ run }) => 'record' in run && run.status === 'completed',
  });
  if (runFolder === undefined) return;
  const { readRunRecord } = await import('../../run-folder/run-record');
  const { step, totalSteps } = await readRunRecord(runFolder);
  const steps = await askSteps({
    title,
    prompt: longerPrompt(basename(runFolder), step),
    done: step,
    suggested: step < totalSteps ? totalSteps : 2 * step,
  });
  if (steps !== undefined) host.training.add({ type: 'resume', runFolder, totalSteps: steps });
}

/** The question for the new length of a run. */
export function longerPrompt(run: string, step: number): string {
  return step === 1
    ? l10n.t('{0} has completed 1 step. Enter the new total number of steps', run)
    : l10n.t('{0} has completed {1} steps. Enter the new total number of steps', run, countText(step));
}
