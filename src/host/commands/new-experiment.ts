/** *New Experiment*: a commented file to begin with, a copy of one of the experiments that come with the product. */
import { commands, l10n, type Uri, window, workspace } from 'vscode';
import { COMMANDS } from '../../shared/contributions';
import type { Host } from '../host';
import { offerFolder } from '../offer-folder';
import { createExperiment } from '../presets/create-experiment';
import { OWN_PICTURES, pickPreset } from '../presets/preset-picker';
import { presetNamed } from '../presets/presets';

/** Shows the new file and returns it; undefined where the person thought better of it. */
export async function newExperiment(host: Host, target: unknown): Promise<Uri | undefined> {
  if (workspace.workspaceFolders === undefined) {
    await offerFolder();
    return undefined;
  }
  // Links, as in the walkthrough, name the preset.
  const choice = presetNamed(target) ?? (await pickPreset(host, l10n.t('New Experiment')));
  if (choice === OWN_PICTURES) await commands.executeCommand(COMMANDS.importDataset);
  if (choice === undefined || choice === OWN_PICTURES) return undefined;
  const file = await createExperiment(host, choice);
  // A preview would take the place of another preview, the walkthrough among them.
  if (file !== undefined) await window.showTextDocument(file, { preview: false });
  return file;
}
