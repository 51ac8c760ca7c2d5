/** *Start Training*: needs no setup; available from the palette, the editor's title and the tree. */
import { commands, l10n, workspace } from 'vscode';
import { chosenCompute } from '../chosen-compute';
import { DatasetNode } from '../datasets/dataset-node';
import { findExperiments } from '../experiments/runs-model';
import type { Host } from '../host';
import { offerFolder } from '../offer-folder';
import { createExperiment } from '../presets/create-experiment';
import { OWN_PICTURES, type PickerHost, pickPreset } from '../presets/preset-picker';
import { presetNamed } from '../presets/presets';
import { COMMANDS } from '../registry';
import { NEW_FROM_PRESET, pickExperiment, pickExperimentOrNew } from './pick-experiment';
import { experimentOf } from './targets';

export interface StartHost extends PickerHost {
  readonly extensionUri: Host['extensionUri'];
  readonly training: Pick<Host['training'], 'add' | 'jobs'>;
}

export async function startTraining(host: StartHost, target: unknown): Promise<void> {
  const experimentFile = await experimentFor(host, target);
  if (experimentFile === undefined) return;
  // Saved first, so that the experiment is trained as the user sees it.
  const open = workspace.textDocuments.find(({ uri }) => uri.fsPath === experimentFile);
  if (open?.isDirty === true) await open.save();
  host.training.add({ type: 'start', experimentFile, ...chosenCompute() });
}

async function experimentFor(host: StartHost, target: unknown): Promise<string | undefined> {
  const called = experimentOf(target);
  if (called !== undefined) return called;
  if (target instanceof DatasetNode)
    return (await pickExperiment(target.files, l10n.t('Start Training')))?.fsPath;
  if (workspace.workspaceFolders === undefined) {
    await offerFolder();
    return undefined;
  }
  // Links, as in the walkthrough, name a preset.
  const preset = presetNamed(target);
  if (preset !== undefined) return (await createExperiment(host, preset))?.fsPath;
  const experiments = await findExperiments();
  if (experiments.length === 0) return await beginWithPreset(host);
  const choice = await pickExperimentOrNew(experiments, l10n.t('Start Training'));
  return choice === NEW_FROM_PRESET ? await beginWithPreset(host) : choice?.fsPath;
}

async function beginWithPreset(host: StartHost): Promise<string | undefined> {
  const choice = await pickPreset(host, l10n.t('Start Training'));
  if (choice === OWN_PICTURES) await commands.executeCommand(COMMANDS.importDataset);
  if (choice === undefined || choice === OWN_PICTURES) return undefined;
  return (await createExperiment(host, choice))?.fsPath;
}
