/**
 * What a person may do in a workspace that they have not trusted: look. Training reads what an experiment names, and
 * run folders are written beside it; both wait until the person trusts the authors of the files.
 */
import { COMMANDS } from '../../shared/contributions';

/** Neither train nor write into the workspace. Every other command needs trust, a new one without being listed. */
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

/** Whether a command is to be refused in a workspace that is not trusted. package.json says the same as `enablement`. */
export function needsTrust(command: string): boolean {
  return !LOOKING.has(command);
}
