/** The command that opens a dashboard, for one run or for one that is asked for. */
import { commands, type Disposable } from 'vscode';
import { COMMANDS } from '../../shared/contributions';
import type { Dashboards } from './dashboards';
import { pickRun } from './pick-run';

/** Trees pass their items along with a command: whatever is not a folder's path is no choice of a run. */
export function registerDashboardCommands(dashboards: Dashboards): Disposable[] {
  return [
    commands.registerCommand(COMMANDS.openDashboard, async (runFolder: unknown) => {
      const folder = typeof runFolder === 'string' ? runFolder : await pickRun();
      if (folder !== undefined) dashboards.open(folder);
    }),
  ];
}
