/** Lets the user choose between several experiments; the one in the active editor comes first. */
import { basename, dirname } from 'node:path';
import { l10n, type QuickPickItem, type Uri, window, workspace } from 'vscode';

/** As the tree names it; the folder tells apart experiments of the same name. */
function experimentItem(uri: Uri): QuickPickItem & { readonly uri: Uri } {
  const folder = dirname(workspace.asRelativePath(uri));
  return {
    label: basename(uri.fsPath, '.gan.json'),
    ...(folder === '.' ? {} : { description: folder }),
    uri,
  };
}

/** Returns the only experiment without asking; if there is none, shows a message. */
export async function pickExperiment(experiments: readonly Uri[], title: string): Promise<Uri | undefined> {
  const [first, ...others] = experiments;
  if (first === undefined) void window.showInformationMessage(l10n.t('There are no experiments yet.'));
  if (others.length === 0) return first;
  const inEditor = window.activeTextEditor?.document.uri.fsPath;
  const items = experiments.map(experimentItem);
  items.sort((a, b) => Number(b.uri.fsPath === inEditor) - Number(a.uri.fsPath === inEditor));
  const chosen = await window.showQuickPick(items, {
    title,
    placeHolder: l10n.t('Choose an experiment'),
    matchOnDescription: true,
  });
  return chosen?.uri;
}
