/** Lets the user choose between several experiments; the one in the active editor comes first. */
import { basename, dirname } from 'node:path';
import { l10n, type QuickPickItem, QuickPickItemKind, type Uri, window, workspace } from 'vscode';

export const NEW_FROM_PRESET = 'new from preset';

interface ChoiceItem<Choice> extends QuickPickItem {
  readonly choice?: Choice;
}

/** As the tree names it; the folder tells apart experiments of the same name. */
function experimentItem(uri: Uri) {
  const folder = dirname(workspace.asRelativePath(uri));
  return {
    label: basename(uri.fsPath, '.gan.json'),
    ...(folder === '.' ? {} : { description: folder }),
    choice: uri,
  };
}

function experimentItems(experiments: readonly Uri[]) {
  const inEditor = window.activeTextEditor?.document.uri.fsPath;
  return experiments
    .map(experimentItem)
    .sort((a, b) => Number(b.choice.fsPath === inEditor) - Number(a.choice.fsPath === inEditor));
}

async function ask<Choice>(items: readonly ChoiceItem<Choice>[], title: string): Promise<Choice | undefined> {
  const placeHolder = l10n.t('Choose an experiment');
  const chosen = await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  return chosen?.choice;
}

/** Returns the only experiment without asking; if there is none, shows a message. */
export async function pickExperiment(experiments: readonly Uri[], title: string): Promise<Uri | undefined> {
  const [first, ...others] = experiments;
  if (first === undefined) void window.showInformationMessage(l10n.t('There are no experiments yet.'));
  return others.length === 0 ? first : await ask(experimentItems(experiments), title);
}

/** Where there are several experiments, offers a new one besides them. */
export async function pickExperimentOrNew(
  experiments: readonly Uri[],
  title: string,
): Promise<Uri | typeof NEW_FROM_PRESET | undefined> {
  if (experiments.length < 2) return await pickExperiment(experiments, title);
  const items: readonly ChoiceItem<Uri | typeof NEW_FROM_PRESET>[] = [
    ...experimentItems(experiments),
    { label: '', kind: QuickPickItemKind.Separator },
    { label: l10n.t('New Experiment from Preset…'), choice: NEW_FROM_PRESET },
  ];
  return await ask(items, title);
}
