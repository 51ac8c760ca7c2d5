/** *Delete Run* and *Delete Checkpoint*: asks first, and moves to the trash, so that it can be undone. */
import { basename } from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';
import { describeError, WorkbenchError } from '../../shared/errors';
import { shownState, stateName } from '../experiments/run-state';
import type { Host } from '../host';
import { checkpointFor, runFolderFor } from './run-target';

/** A run that somebody is writing, here or elsewhere, is not taken from under them. */
class RunInUseError extends WorkbenchError {}

/** Throws `RunInUseError` if the run is being trained, waits for it, or is not there any more. */
async function checkUnused({ runs, training }: Host, runFolder: string): Promise<void> {
  await runs.rediscover();
  const listed = runs.runs.find(({ run }) => run.folder === runFolder);
  if (listed === undefined)
    throw new RunInUseError(
      l10n.t('{0} is not among the runs of this window.', runFolder),
      l10n.t('Choose a run in the Experiments view.'),
    );
  const job = training.jobOfRun(runFolder);
  const state = shownState(listed, job);
  const isHeld = state === 'created' || state === 'running' || state === 'paused';
  if (job !== undefined || isHeld)
    throw new RunInUseError(
      l10n.t('{0} is in use: {1}.', basename(runFolder), stateName(state)),
      l10n.t('Stop it, and delete it when it has ended.'),
    );
}

/** Returns whether it is gone. Where there is no trash, as on many remote machines, the person decides again. */
async function moveToTrash(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.delete(uri, { recursive: true, useTrash: true });
    return true;
  } catch (error) {
    const forGood = l10n.t('Delete for Good');
    const answer = await window.showWarningMessage(
      l10n.t('{0} could not be moved to the trash. Delete it for good?', basename(uri.fsPath)),
      { modal: true, detail: `${describeError(error)}\n${l10n.t('This cannot be undone.')}` },
      forGood,
    );
    if (answer !== forGood) return false;
    await workspace.fs.delete(uri, { recursive: true, useTrash: false });
    return true;
  }
}

/** Asks, and looks again whether the run is unused: minutes may have gone by. */
async function deleteAfterQuestion(
  host: Host,
  { runFolder, uri, question }: { readonly runFolder: string; readonly uri: Uri; readonly question: string },
): Promise<boolean> {
  await checkUnused(host, runFolder);
  const move = l10n.t('Move to Trash');
  const answer = await window.showWarningMessage(question, { modal: true, detail: uri.fsPath }, move);
  if (answer !== move) return false;
  await checkUnused(host, runFolder);
  return await moveToTrash(uri);
}

export async function deleteRun(host: Host, target: unknown): Promise<void> {
  const runFolder = await runFolderFor(host, target, l10n.t('Delete Run'));
  if (runFolder === undefined) return;
  const question = l10n.t('Delete the run {0} with its checkpoints and samples?', basename(runFolder));
  if (await deleteAfterQuestion(host, { runFolder, uri: Uri.file(runFolder), question }))
    await host.runs.reread();
}

export async function deleteCheckpoint(host: Host, target: unknown): Promise<void> {
  const chosen = await checkpointFor(host, target, l10n.t('Delete Checkpoint'), () => true);
  if (chosen === undefined) return;
  const { runFolder, step } = chosen;
  const { checkpointPath } = await import('../../training/run-folder/checkpoints');
  const uri = Uri.file(checkpointPath(runFolder, step));
  const question = l10n.t('Delete the checkpoint of step {0} of {1}?', step, basename(runFolder));
  if (!(await deleteAfterQuestion(host, { runFolder, uri, question }))) return;
  const { unpinCheckpoint } = await import('../../training/run-folder/control');
  await unpinCheckpoint(runFolder, step);
  await host.runs.reread();
}
