/** Reports where a file was saved, and offers to open it or to reveal it in the explorer. */
import { commands, l10n, type Uri, window } from 'vscode';
import { revealUri } from './commands/locations';

/** Throws the same errors as `revealUri`. */
export async function tellSaved(message: string, file: Uri): Promise<void> {
  const open = l10n.t('Open');
  const reveal = l10n.t('Reveal in Explorer');
  const answer = await window.showInformationMessage(message, open, reveal);
  if (answer === open) await commands.executeCommand('vscode.open', file);
  else if (answer === reveal) await revealUri(file);
}
