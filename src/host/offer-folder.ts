/** Asks the user to open a folder, for commands that need one to write files into. */
import { commands, l10n, window } from 'vscode';

export async function offerFolder(): Promise<void> {
  const open = l10n.t('Open Folder…');
  const answer = await window.showInformationMessage(
    l10n.t('Experiments and runs are kept in a folder. Open or create one first.'),
    open,
  );
  if (answer === open) await commands.executeCommand('workbench.action.files.openFolder');
}
