/** *Resume From Checkpoint*: a new run that goes on from a checkpoint of another and names it as its parent. */
import { basename } from 'node:path';
import { l10n, window } from 'vscode';
import type { Host } from '../host';
import { checkpointFor } from './run-target';

export async function resumeFromCheckpoint(host: Host, target: unknown): Promise<void> {
  const title = l10n.t('Resume From Checkpoint');
  const chosen = await checkpointFor(host, target, title, ({ isDamaged }) => !isDamaged);
  if (chosen === undefined) return;
  const { runFolder, step: fromStep } = chosen;
  const { readRunRecord } = await import('../../training/run-folder/run-record');
  const { totalSteps } = await readRunRecord(runFolder);
  if (fromStep < totalSteps) {
    host.training.add({ type: 'fork', runFolder, fromStep });
    return;
  }
  // At the end of the run nothing is left to train, unless the new one goes further.
  const end = await askForEnd(basename(runFolder), fromStep, title);
  if (end !== undefined) host.training.add({ type: 'fork', runFolder, fromStep, totalSteps: end });
}

/** Most steps that an experiment may have. */
const MOST_STEPS = 1e9;

async function askForEnd(run: string, fromStep: number, title: string): Promise<number | undefined> {
  const answer = await window.showInputBox({
    title,
    prompt: l10n.t('{0} ends at this step. Up to which step is the new run to be trained?', run),
    value: String(Math.min(2 * fromStep, MOST_STEPS)),
    validateInput: (text) =>
      /^\d+$/.test(text.trim()) && Number(text) > fromStep && Number(text) <= MOST_STEPS
        ? undefined
        : l10n.t('A whole number above {0}', fromStep),
  });
  return answer === undefined ? undefined : Number(answer);
}
