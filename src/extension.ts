/** What VS Code calls: wires the parts of the extension together and does nothing else. */
import type { ExtensionContext } from 'vscode';
import { registerCommands } from './host/commands';
import { createExperimentsView } from './host/experiments-view';

export function activate(context: ExtensionContext): void {
  context.subscriptions.push(...registerCommands(), ...createExperimentsView());
}
