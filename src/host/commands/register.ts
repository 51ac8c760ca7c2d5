/** Every command that package.json contributes, and its implementation; errors are shown with their remedy. */
import { commands, type Disposable, workspace } from 'vscode';
import { COMMANDS } from '../../shared/contributions';
import { SELECTION } from '../experiments/selection';
import type { Host } from '../host';
import { showFailure } from '../offer';
import { applyFinding } from './apply-finding';
import { deleteCheckpoint, deleteRun } from './delete';
import { evaluateRun } from './evaluate-run';
import { exportSamples } from './export-samples';
import { clearFilter, filterRuns, settleFilter } from './filter';
import { addNote, renameRun, tagRun } from './labels';
import { copyPath, reveal } from './locations';
import { newExperiment } from './new-experiment';
import { pinCheckpoint, unpinCheckpoint } from './pins';
import { resumeFromCheckpoint } from './resume-from-checkpoint';
import { runDoctor } from './run-doctor';
import { saveCheckpoint } from './save-checkpoint';
import { startTraining } from './start-training';
import { cancelWaiting, pauseTraining, resumeTraining, startNow, stopTraining } from './steer';
import { targetsOf } from './targets';
import { trainLonger } from './train-longer';
import { needsTrust } from './trust';

type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];
/** `target` is the item the command was called on, `targets` everything selected with it. */
type Action = (host: Host, target: unknown, targets: readonly unknown[]) => Promise<unknown>;

/** For commands that act on several rows at once. */
function forAll(act: (host: Host, targets: readonly unknown[]) => Promise<void>): Action {
  return (host, _, targets) => act(host, targets);
}

/** Commands registered by pages and by config editing. */
type CommandOfParts =
  | typeof COMMANDS.openDashboard
  | typeof COMMANDS.compareRuns
  | typeof COMMANDS.compareSelected
  | typeof COMMANDS.exploreLatents
  | typeof COMMANDS.showRunsTable
  | typeof COMMANDS.showResolved
  | typeof COMMANDS.importDataset
  | typeof COMMANDS.openDataset
  | typeof COMMANDS.fetchData
  | typeof COMMANDS.refreshDatasets;

const ACTIONS: Readonly<Record<Exclude<CommandId, CommandOfParts>, Action>> = {
  [COMMANDS.startTraining]: startTraining,
  [COMMANDS.stopTraining]: forAll(stopTraining),
  [COMMANDS.pauseTraining]: forAll(pauseTraining),
  [COMMANDS.resumeTraining]: forAll(resumeTraining),
  [COMMANDS.startNow]: forAll(startNow),
  [COMMANDS.cancelWaiting]: forAll(cancelWaiting),
  [COMMANDS.resumeFromCheckpoint]: resumeFromCheckpoint,
  [COMMANDS.trainLonger]: trainLonger,
  [COMMANDS.applyFinding]: applyFinding,
  [COMMANDS.saveCheckpoint]: forAll(saveCheckpoint),
  [COMMANDS.newExperiment]: newExperiment,
  [COMMANDS.reveal]: reveal,
  [COMMANDS.copyPath]: copyPath,
  [COMMANDS.renameRun]: renameRun,
  [COMMANDS.tagRun]: forAll(tagRun),
  [COMMANDS.addNote]: addNote,
  [COMMANDS.pinCheckpoint]: forAll(pinCheckpoint),
  [COMMANDS.unpinCheckpoint]: forAll(unpinCheckpoint),
  [COMMANDS.exportSamples]: exportSamples,
  [COMMANDS.evaluateRun]: evaluateRun,
  [COMMANDS.deleteRun]: forAll(deleteRun),
  [COMMANDS.deleteCheckpoint]: forAll(deleteCheckpoint),
  [COMMANDS.filterRuns]: filterRuns,
  [COMMANDS.clearFilter]: clearFilter,
  [COMMANDS.runDoctor]: runDoctor,
  [COMMANDS.showLog]: async ({ log }) => log.show(),
};

export function registerCommands(host: Host): Disposable[] {
  return Object.entries(ACTIONS).map(([id, act]) =>
    commands.registerCommand(id, async (target: unknown, selected: unknown) => {
      try {
        // Links, keyboard shortcuts and other extensions can call commands that the manifest disables.
        if (needsTrust(id) && !workspace.isTrusted)
          return await commands.executeCommand('workbench.trust.manage');
        settleFilter();
        const { rows } = host.selection;
        return target === SELECTION
          ? await act(host, rows[0], rows)
          : await act(host, target, targetsOf(target, selected));
      } catch (error) {
        showFailure(host, error);
        return undefined;
      }
    }),
  );
}
