/** *Start Training*: works with nothing set up, from the palette, the editor's title and the tree. */
import { basename } from 'node:path';
import { commands, l10n, window, workspace } from 'vscode';
import { COMMANDS } from '../../shared/contributions';
import { chosenThreads } from '../chosen-threads';
import type { Host } from '../host';
import { offerFolder } from '../offer-folder';
import { createExperiment } from '../presets/create-experiment';
import { OWN_PICTURES, pickPreset } from '../presets/preset-picker';
import { type Preset, presetNamed } from '../presets/presets';
import { findExperiments } from '../runs/runs-model';
import { experimentOf } from './targets';

export async function startTraining(host: Host, target: unknown): Promise<void> {
  const experimentFile = experimentOf(target) ?? (await chooseExperiment(host, presetNamed(target)));
  if (experimentFile === undefined) return;
  // What is trained is what the person sees.
  const open = workspace.textDocuments.find(({ uri }) => uri.fsPath === experimentFile);
  if (open?.isDirty === true) await open.save();
  const threads = chosenThreads();
  host.training.add({ type: 'start', experimentFile, ...(threads === undefined ? {} : { threads }) });
}

/** @param preset that a link names, as in the walkthrough */
async function chooseExperiment(host: Host, preset: Preset | undefined): Promise<string | undefined> {
  if (workspace.workspaceFolders === undefined) {
    await offerFolder();
    return undefined;
  }
  if (preset !== undefined) return (await createExperiment(host, preset))?.fsPath;
  const experiments = await findExperiments();
  const [first, ...others] = experiments;
  if (first === undefined) return await beginWithPreset(host);
  if (others.length === 0) return first.fsPath;
  const inEditor = window.activeTextEditor?.document.uri.fsPath;
  const items = experiments.map(({ fsPath }) => ({
    label: basename(fsPath),
    description: workspace.asRelativePath(fsPath),
    fsPath,
  }));
  items.sort((a, b) => Number(b.fsPath === inEditor) - Number(a.fsPath === inEditor));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Start Training'),
    placeHolder: l10n.t('Choose an experiment'),
    matchOnDescription: true,
  });
  return chosen?.fsPath;
}

async function beginWithPreset(host: Host): Promise<string | undefined> {
  const choice = await pickPreset(host, l10n.t('Start Training'));
  if (choice === OWN_PICTURES) await commands.executeCommand(COMMANDS.importDataset);
  if (choice === undefined || choice === OWN_PICTURES) return undefined;
  return (await createExperiment(host, choice))?.fsPath;
}
