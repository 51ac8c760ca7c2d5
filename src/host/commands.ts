/** Registers what the command palette offers. */
import { commands, type Disposable, l10n, window } from 'vscode';
import { COMMANDS } from '../shared/contributions';

/** This version shows experiments; they are trained with the `gan` command, and the person is told so. */
async function sayThatTheTerminalTrains(): Promise<void> {
  await window.showInformationMessage(
    l10n.t('Training does not start from the editor in this version. Run "gan train FILE" in a terminal.'),
  );
}

export function registerCommands(): Disposable[] {
  return [commands.registerCommand(COMMANDS.startTraining, sayThatTheTerminalTrains)];
}
