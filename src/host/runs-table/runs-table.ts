/** The command *Show Runs* and the single table that it shows. */
import { commands, Disposable, type Memento } from 'vscode';
import { COMMANDS, PANELS } from '../../shared/contributions';
import type { Host } from '../host';
import { PageGroup } from '../pages/page-group';

/** Key of the only table. */
const THE_TABLE = 'all';

/** `kept` is the storage of the workspace. */
export function registerRunsTable(host: Host, kept: Memento): Disposable {
  const pages = new PageGroup(
    PANELS.runsTable,
    () => THE_TABLE,
    async () => {
      const { createRunsTablePanel, RunsTablePanel } = await import('./runs-table-panel');
      return {
        targetIn: () => THE_TABLE,
        createPanel: createRunsTablePanel,
        open: (panel) => new RunsTablePanel(panel, host, kept),
      };
    },
  );
  const command = commands.registerCommand(COMMANDS.showRunsTable, async () => {
    await pages.show(THE_TABLE);
  });
  return Disposable.from(pages, command);
}
