/**
 * Restricted mode: in an untrusted workspace, the user can only look. Training reads files that an experiment names,
 * and run folders are written next to it; both require trust in the authors of the files.
 */
import { COMMANDS } from '../../shared/contributions';

/** Commands that neither train nor write into the workspace. All others need trust, so a new one is safe by default. */
const LOOKING: ReadonlySet<string> = new Set([
  COMMANDS.openDashboard,
  COMMANDS.refreshDatasets,
  COMMANDS.compareRuns,
  COMMANDS.compareSelected,
  COMMANDS.exploreLatents,
  COMMANDS.showRunsTable,
  COMMANDS.showResolved,
  COMMANDS.reveal,
  COMMANDS.copyPath,
  COMMANDS.filterRuns,
  COMMANDS.clearFilter,
  COMMANDS.runDoctor,
  COMMANDS.showLog,
]);

/** Whether to refuse a command in an untrusted workspace. Mirrors `enablement` in package.json. */
export function needsTrust(command: string): boolean {
  return !LOOKING.has(command);
}
