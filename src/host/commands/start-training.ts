/** *Start Training*: works with nothing set up, from the palette, the editor's title and the tree. */
import { basename } from 'node:path';
import { commands, l10n, Uri, window, workspace } from 'vscode';
import { COMMANDS, SETTINGS } from '../../shared/contributions';
import type { Host } from '../host';
import { findExperiments } from '../runs/runs-model';
import { experimentOf } from './targets';

export async function startTraining({ training }: Host, target: unknown): Promise<void> {
  const experimentFile = experimentOf(target) ?? (await chooseExperiment());
  if (experimentFile === undefined) return;
  // What is trained is what the person sees.
  const open = workspace.textDocuments.find(({ uri }) => uri.fsPath === experimentFile);
  if (open?.isDirty === true) await open.save();
  training.add({ type: 'start', experimentFile, ...chosenThreads() });
}

/** What the person's settings say of threads; `auto` leaves them to the experiment. */
function chosenThreads(): { readonly threads?: number } {
  const threads = workspace.getConfiguration().get<unknown>(SETTINGS.threads);
  return typeof threads === 'number' ? { threads } : {};
}

async function chooseExperiment(): Promise<string | undefined> {
  if (workspace.workspaceFolders === undefined) {
    await offerFolder();
    return undefined;
  }
  const experiments = await findExperiments();
  const [first, ...others] = experiments;
  if (first === undefined) return await offerNewExperiment();
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

/** Also for what else needs a folder to put files into. */
export async function offerFolder(): Promise<void> {
  const open = l10n.t('Open Folder…');
  const answer = await window.showInformationMessage(
    l10n.t('Experiments and runs are kept in a folder. Open one, or create one in the dialog.'),
    open,
  );
  if (answer === open) await commands.executeCommand('workbench.action.files.openFolder');
}

async function offerNewExperiment(): Promise<string | undefined> {
  const create = l10n.t('New Experiment…');
  const answer = await window.showInformationMessage(
    l10n.t('There is no experiment in this folder yet: a file ending in .gan.json that says what to train.'),
    create,
  );
  if (answer !== create) return undefined;
  const made = await commands.executeCommand<unknown>(COMMANDS.newExperiment);
  return made instanceof Uri ? made.fsPath : undefined;
}
