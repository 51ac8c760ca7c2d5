/** The command that opens a dashboard, for one run or for one that is asked for. */
import { commands, type Disposable, l10n } from 'vscode';
import { COMMANDS } from '../../shared/contributions';
import { runFolderFor } from '../commands/run-target';
import type { Host } from '../host';
import { showFailure } from '../notifications';
import type { Dashboards } from './dashboards';

export function registerDashboardCommands(host: Host, dashboards: Dashboards): Disposable[] {
  return [
    commands.registerCommand(COMMANDS.openDashboard, async (target: unknown) => {
      try {
        const folder = await runFolderFor(host, target, l10n.t('Open Dashboard'));
        if (folder !== undefined) await dashboards.open(folder);
      } catch (error) {
        showFailure(host, error);
      }
    }),
  ];
}
