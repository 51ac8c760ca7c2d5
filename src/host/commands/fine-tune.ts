/** *Fine-Tune in New Experiment*: copies the experiment of a run, with the weights of the run as a start, beside it. */
import { l10n, Uri, window, workspace } from 'vscode';
import { CheckpointNode } from '../experiments/nodes';
import type { Host } from '../host';
import { freeFile } from '../presets/preset-file';
import { originalExperiment } from './original-experiment';
import { runFolderFor } from './run-target';

export async function fineTune(host: Host, target: unknown): Promise<void> {
  const runFolder = await runFolderFor(host, target, l10n.t('Fine-Tune in New Experiment'));
  if (runFolder === undefined) return;
  await fineTuneRun(runFolder, target instanceof CheckpointNode ? target.checkpoint.step : undefined);
}

/** @param step its checkpoint; by default the best or newest when training starts */
export async function fineTuneRun(runFolder: string, step: number | undefined): Promise<void> {
  const { text, folder, name } = await originalExperiment(runFolder);
  const file = await freeFile(Uri.file(folder), `${name}-fine-tuned`);
  const { withInitialWeights } = await import('./initial-weights-text');
  const weights = { runFolder, ...(step === undefined ? {} : { step }) };
  const made = withInitialWeights(text, file.fsPath, weights);
  if (made === undefined) {
    void window.showErrorMessage(l10n.t('{0} is not valid JSON. Correct it first.', `${name}.gan.json`));
    return;
  }
  await workspace.fs.writeFile(file, new TextEncoder().encode(made));
  await window.showTextDocument(file, { preview: false });
}
