/** *Start Sweep*: trains a sweep file as a task, whose terminal shows its progress. */
import { l10n, tasks, Uri, window, workspace } from 'vscode';
import type { Host } from '../host';
import { offerSweepFile } from '../sweep/new-sweep-file';
import { offerNewSweep } from '../sweep/offer-new-sweep';
import { findSweeps } from '../tasks/find-sweeps';
import { taskFor } from '../tasks/gan-tasks';

export async function startSweep(
  host: Pick<Host, 'extensionUri' | 'runs' | 'pages' | 'experimentService'>,
  target: unknown,
): Promise<void> {
  const file = target instanceof Uri ? target : await pickSweep(host);
  if (file === undefined) return;
  const open = workspace.textDocuments.find(({ uri }) => uri.fsPath === file.fsPath);
  if (open?.isDirty === true) await open.save();
  const task = taskFor(host.extensionUri, 'sweep', file);
  if (task === undefined) {
    void window.showErrorMessage(
      l10n.t('{0} is not in a folder of this window. Open its folder first.', file.fsPath),
    );
    return;
  }
  await offerNewSweep(host, file.fsPath, () => tasks.executeTask(task));
}

async function pickSweep(host: Pick<Host, 'experimentService'>): Promise<Uri | undefined> {
  const files = await findSweeps();
  if (files.length === 0) {
    offerSweepFile(host, l10n.t('There is no sweep in this window.'));
    return undefined;
  }
  const items = files.map((file) => ({ label: workspace.asRelativePath(file), file }));
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Start Sweep'),
    placeHolder: l10n.t('Choose a sweep'),
  });
  return picked?.file;
}
