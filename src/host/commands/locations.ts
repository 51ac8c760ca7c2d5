/** *Reveal in Explorer* and *Copy Path*, for experiments, runs and checkpoints. */
import { commands, env, l10n, UIKind, Uri, workspace } from 'vscode';
import { WorkbenchError } from '../../shared/errors';
import type { Host } from '../host';
import { pickRun, uriOf } from './targets';

/** Neither the editor's explorer nor the file manager of the user's own machine can show it. */
class OutOfSightError extends WorkbenchError {}

async function chosenUri(host: Host, target: unknown, title: string): Promise<Uri | undefined> {
  const uri = uriOf(target);
  if (uri !== undefined) return uri;
  const none = l10n.t('There are no runs yet.');
  const chosen = await pickRun(host, { title, none, isOffered: () => true });
  return chosen?.runFolder === undefined ? undefined : Uri.file(chosen.runFolder);
}

export async function reveal(host: Host, target: unknown): Promise<void> {
  const uri = await chosenUri(host, target, l10n.t('Reveal in Explorer'));
  if (uri !== undefined) await revealUri(uri);
}

/** Throws `OutOfSightError`. */
export async function revealUri(uri: Uri): Promise<void> {
  if (workspace.getWorkspaceFolder(uri) !== undefined) {
    await commands.executeCommand('revealInExplorer', uri);
    return;
  }
  if (env.remoteName !== undefined || env.uiKind === UIKind.Web)
    throw new OutOfSightError(
      l10n.t('{0} is outside this workspace and on another machine.', uri.fsPath),
      l10n.t('Copy its path, or open its folder in a new window.'),
    );
  await commands.executeCommand('revealFileInOS', uri);
}

export async function copyPath(host: Host, target: unknown): Promise<void> {
  const uri = await chosenUri(host, target, l10n.t('Copy Path'));
  if (uri !== undefined) await env.clipboard.writeText(uri.fsPath);
}
