/** *New Experiment*: creates a commented file as a copy of one of the experiments that ship with the product. */
import { basename } from 'node:path';
import { commands, l10n, Uri, window, workspace } from 'vscode';
import { DatasetNode } from '../datasets/dataset-node';
import type { Host } from '../host';
import { offerFolder } from '../offer-folder';
import { createExperiment } from '../presets/create-experiment';
import { freeFile } from '../presets/preset-file';
import { OWN_PICTURES, pickPreset } from '../presets/preset-picker';
import { presetNamed } from '../presets/presets';
import { COMMANDS } from '../registry';
import { pickExperiment } from './pick-experiment';

/** Shows the new file and returns it; undefined if the user cancels. */
export async function newExperiment(host: Host, target: unknown): Promise<Uri | undefined> {
  if (workspace.workspaceFolders === undefined) {
    await offerFolder();
    return undefined;
  }
  if (target instanceof DatasetNode) return await show(await copyOf(target));
  // Links, as in the walkthrough, name the preset.
  const choice = presetNamed(target) ?? (await pickPreset(host, l10n.t('New Experiment')));
  if (choice === OWN_PICTURES) await commands.executeCommand(COMMANDS.importDataset);
  if (choice === undefined || choice === OWN_PICTURES) return undefined;
  return await show(await createExperiment(host, choice));
}

async function show(file: Uri | undefined): Promise<Uri | undefined> {
  // A preview would replace another preview, such as the walkthrough.
  if (file !== undefined) await window.showTextDocument(file, { preview: false });
  return file;
}

/** For other settings on the same data: copies an experiment that uses it, in the same folder. */
async function copyOf({ files }: DatasetNode): Promise<Uri | undefined> {
  const original = await pickExperiment(files, l10n.t('New Experiment'));
  if (original === undefined) return undefined;
  const name = basename(original.fsPath).replace(/\.gan\.json$/i, '');
  const copy = await freeFile(Uri.joinPath(original, '..'), name);
  await workspace.fs.copy(original, copy);
  return copy;
}
