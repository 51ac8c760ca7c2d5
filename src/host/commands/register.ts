/** Registers every command of the table: trust is checked, and errors are shown with their remedy. */
import { commands, type Disposable, workspace } from 'vscode';
import type { Host } from '../host';
import { showFailure } from '../offer';
import { COMMAND_TABLE, COMMANDS, type CommandId } from '../registry';
import { SELECTION } from './command';
import { settleFilter } from './filter';
import { targetsOf } from './targets';
import { needsTrust } from './trust';

export function registerCommands(host: Host): Disposable[] {
  return Object.values(COMMANDS).map((id) =>
    commands.registerCommand(id, async (target: unknown, option: unknown) => {
      try {
        return await call(host, id, target, option);
      } catch (error) {
        showFailure(host, error);
        return undefined;
      }
    }),
  );
}

async function call(host: Host, id: CommandId, target: unknown, option: unknown): Promise<unknown> {
  const definition = COMMAND_TABLE[id];
  // Links, keyboard shortcuts and other extensions can call commands that the manifest disables.
  if (needsTrust(definition) && !workspace.isTrusted)
    return await commands.executeCommand('workbench.trust.manage');
  settleFilter();
  const { rows } = host.selection;
  return target === SELECTION
    ? await definition.run({ host, target: rows[0], targets: rows, option })
    : await definition.run({ host, target, targets: targetsOf(target, option), option });
}
