/** *Fine-Tune in New Experiment*: copies the experiment of a run, with the weights of the run as a start, beside it. */
import { basename, dirname } from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';
import { CheckpointNode } from '../experiments/nodes';
import type { Host } from '../host';
import { freeFile } from '../presets/preset-file';
import { runFolderFor } from './run-target';

export async function fineTune(host: Host, target: unknown): Promise<void> {
  const runFolder = await runFolderFor(host, target, l10n.t('Fine-Tune in New Experiment'));
  if (runFolder === undefined) return;
  await fineTuneRun(runFolder, target instanceof CheckpointNode ? target.checkpoint.step : undefined);
}

/** @param step its checkpoint; by default the best or newest when training starts */
export async function fineTuneRun(runFolder: string, step: number | undefined): Promise<void> {
  const { text, folder, name } = await experimentOf(runFolder);
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

interface Original {
  readonly text: string;
  readonly folder: string;
  /** Without the extension. */
  readonly name: string;
}

/** The run's experiment or, if it was deleted or the run was changed while it trained, the configuration of the run. */
async function experimentOf(runFolder: string): Promise<Original> {
  const { readRunRecord } = await import('../../run-folder/run-record');
  const { findExperiment } = await import('../../run-folder/locate-experiment');
  const record = await readRunRecord(runFolder);
  const file = await findExperiment(runFolder, record);
  const { readConfigJson, readInterventions } = await import('../../run-folder/interventions');
  const wasChanged = (await readInterventions(runFolder)).some(({ type }) => type === 'change');
  const text =
    file === undefined || wasChanged
      ? JSON.stringify(await readConfigJson(runFolder), undefined, 2)
      : new TextDecoder().decode(await workspace.fs.readFile(Uri.file(file)));
  return {
    text,
    folder: file === undefined ? dirname(dirname(runFolder)) : dirname(file),
    name: file === undefined ? record.experiment : basename(file).replace(/\.gan\.json$/i, ''),
  };
}
