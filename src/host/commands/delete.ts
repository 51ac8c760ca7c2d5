/** *Delete Run* and *Delete Checkpoint*: asks first, and moves to the trash so that it can be undone. */
import { basename } from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';
import { problemOf, WorkbenchError } from '../../shared/errors';
import { isLive } from '../../shared/run-format';
import { shownState, stateName } from '../experiments/run-state';
import type { RunServices } from '../host';
import { problemText } from '../localized-texts';
import { countText } from '../quantities';
import { type CheckpointTarget, checkpointsFor, runFoldersFor } from './run-target';

/** A run that is being written, here or by another process, must not be deleted. */
class RunInUseError extends WorkbenchError {}

/** Throws `RunInUseError` if one of the runs is training, queued, or no longer listed. */
async function checkUnused({ runs, training }: RunServices, runFolders: readonly string[]): Promise<void> {
  await runs.rediscover();
  for (const runFolder of runFolders) {
    const listed = runs.runs.find(({ run }) => run.folder === runFolder);
    if (listed === undefined)
      throw new RunInUseError(
        l10n.t('{0} is not a run in this window.', runFolder),
        l10n.t('Choose a run in the Experiments view.'),
      );
    const job = training.jobOfRun(runFolder);
    const state = shownState(listed, job);
    if (job !== undefined || isLive(state))
      throw new RunInUseError(
        l10n.t('{0} is in use: {1}.', basename(runFolder), stateName(state)),
        l10n.t('Stop it before you delete it.'),
      );
  }
}

/** Deleted items are reported even if the rest could not be deleted. */
interface Gone {
  readonly count: number;
  readonly error?: unknown;
}

/**
 * Deletes in order until the first failure. If there is no trash, as on many remote machines, asks once for all items.
 */
async function moveToTrash(uris: readonly Uri[]): Promise<Gone> {
  let useTrash = true;
  for (let count = 0; count < uris.length; ) {
    const uri = uris[count];
    if (uri === undefined) break;
    try {
      await workspace.fs.delete(uri, { recursive: true, useTrash });
      count++;
    } catch (error) {
      if (!useTrash) return { count, error };
      if (!(await isToBeDeletedForGood(uris.slice(count), error))) return { count };
      useTrash = false;
    }
  }
  return { count: uris.length };
}

async function isToBeDeletedForGood(uris: readonly Uri[], error: unknown): Promise<boolean> {
  const forGood = l10n.t('Delete Permanently');
  const answer = await window.showWarningMessage(
    l10n.t(
      '{0} could not be moved to the trash. Delete it permanently?',
      uris.map(({ fsPath }) => basename(fsPath)).join(', '),
    ),
    { modal: true, detail: `${problemText(problemOf(error))}\n${l10n.t('This cannot be undone.')}` },
    forGood,
  );
  return answer === forGood;
}

interface Deletion {
  /** Checked for use both before and after the question, which may stay open for minutes. */
  readonly runFolders: readonly string[];
  readonly uris: readonly Uri[];
  readonly question: string;
  /** Abilities that are lost with them, in addition to what the question states. */
  readonly losses?: readonly string[];
}

/** Deletes, calls `afterwards` with the number of deleted items, and throws the error that kept the others. */
async function deleteAfterQuestion(
  host: RunServices,
  { runFolders, uris, question, losses = [] }: Deletion,
  afterwards: (goneCount: number) => Promise<void> = async () => undefined,
): Promise<void> {
  await checkUnused(host, runFolders);
  const move = l10n.t('Move to Trash');
  const detail = [...losses, ...uris.map(({ fsPath }) => fsPath)].join('\n');
  const answer = await window.showWarningMessage(question, { modal: true, detail }, move);
  if (answer !== move) return;
  await checkUnused(host, runFolders);
  const { count, error } = await moveToTrash(uris);
  await afterwards(count);
  if (count > 0) await host.runs.reread();
  if (error !== undefined) throw error;
}

export async function deleteRun(host: RunServices, targets: readonly unknown[]): Promise<void> {
  const runFolders = await runFoldersFor(host, targets, l10n.t('Delete Run'));
  const [runFolder] = runFolders;
  if (runFolder === undefined) return;
  const question =
    runFolders.length === 1
      ? l10n.t('Delete the run {0} with its checkpoints and samples?', basename(runFolder))
      : l10n.t('Delete {0} runs with their checkpoints and samples?', runFolders.length);
  const uris = runFolders.map((folder) => Uri.file(folder));
  await deleteAfterQuestion(host, { runFolders, uris, question });
}

export async function deleteCheckpoint(host: RunServices, targets: readonly unknown[]): Promise<void> {
  const chosen = await checkpointsFor(host, targets, l10n.t('Delete Checkpoint'), () => true);
  const [first] = chosen;
  if (first === undefined) return;
  const { checkpointPath } = await import('../../run-folder/checkpoints');
  const uris = chosen.map(({ runFolder, step }) => Uri.file(checkpointPath(runFolder, step)));
  const question =
    chosen.length === 1
      ? l10n.t('Delete the checkpoint of step {0} of {1}?', first.step, basename(first.runFolder))
      : l10n.t('Delete {0} checkpoints?', chosen.length);
  const runFolders = [...new Set(chosen.map(({ runFolder }) => runFolder))];
  const losses = (await Promise.all(runFolders.map((folder) => lossOf(folder, chosen)))).flat();
  await deleteAfterQuestion(host, { runFolders, uris, question, losses }, async (goneCount) => {
    const { unpinCheckpoint } = await import('../../run-folder/control');
    for (const { runFolder, step } of chosen.slice(0, goneCount)) await unpinCheckpoint(runFolder, step);
  });
}

/** Abilities that a run loses with the chosen checkpoints; empty if a newer one remains. */
async function lossOf(runFolder: string, chosen: readonly CheckpointTarget[]): Promise<readonly string[]> {
  const { checkpointSteps } = await import('../../run-folder/checkpoints');
  const gone = new Set(chosen.filter((each) => each.runFolder === runFolder).map(({ step }) => step));
  const left = (await checkpointSteps(runFolder)).filter((step) => !gone.has(step));
  const newest = left.at(-1);
  const name = basename(runFolder);
  if (newest === undefined)
    return [l10n.t('{0} will have no checkpoints left and cannot be resumed, evaluated or explored.', name)];
  return newest > Math.max(...gone)
    ? []
    : [l10n.t('{0} can then be resumed from step {1}.', name, countText(newest))];
}
