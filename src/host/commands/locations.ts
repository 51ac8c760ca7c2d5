/** *Reveal in Explorer* and *Copy Path*, for experiments, runs and checkpoints. */
import { commands, env, l10n, Uri } from 'vscode';
import type { Host } from '../host';
import { pickRun, uriOf } from './targets';

async function chosenUri(host: Host, target: unknown, title: string): Promise<Uri | undefined> {
  const uri = uriOf(target);
  if (uri !== undefined) return uri;
  const none = l10n.t('There are no runs yet.');
  const chosen = await pickRun(host, { title, none, isOffered: () => true });
  return chosen?.runFolder === undefined ? undefined : Uri.file(chosen.runFolder);
}

export async function reveal(host: Host, target: unknown): Promise<void> {
  const uri = await chosenUri(host, target, l10n.t('Reveal in Explorer'));
  if (uri !== undefined) await commands.executeCommand('revealInExplorer', uri);
}

export async function copyPath(host: Host, target: unknown): Promise<void> {
  const uri = await chosenUri(host, target, l10n.t('Copy Path'));
  if (uri !== undefined) await env.clipboard.writeText(uri.fsPath);
}
