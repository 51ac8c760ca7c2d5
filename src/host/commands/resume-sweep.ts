/** *Resume Sweep*: goes on with a sweep as a task, whose terminal shows its progress, or by a new job of Slurm. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { l10n, type Task, tasks, Uri, window } from 'vscode';
import { SWEEP_FILES } from '../../shared/sweep-files';
import type { Host } from '../host';
import { sweepFolderFor } from '../sweep/open-sweep';
import { taskFor } from '../tasks/gan-tasks';

export async function resumeSweep(host: Pick<Host, 'extensionUri' | 'runs'>, target: unknown): Promise<void> {
  const folder = await sweepFolderFor(host, target, l10n.t('Resume Sweep'));
  if (folder === undefined) return;
  const args = (await hasJobs(folder)) ? await askForPlace() : [];
  if (args === undefined) return;
  const task: Task | undefined = taskFor(host.extensionUri, 'sweep resume', Uri.file(folder), args);
  if (task === undefined) {
    void window.showErrorMessage(
      l10n.t('{0} is not in a folder of this window. Open its folder first.', folder),
    );
    return;
  }
  await tasks.executeTask(task);
}

/** Whether it was trained by Slurm before. */
async function hasJobs(folder: string): Promise<boolean> {
  const names = await readdir(join(folder, SWEEP_FILES.slurm)).catch(() => []);
  return names.some((name) => /^\d+$/.test(name));
}

/** Undefined if the user cancels. */
async function askForPlace(): Promise<readonly string[] | undefined> {
  const places = [
    { label: l10n.t('By a job array of Slurm'), args: ['--slurm'] },
    { label: l10n.t('On this machine'), args: [] },
  ];
  const chosen = await window.showQuickPick(places, {
    title: l10n.t('Resume Sweep'),
    placeHolder: l10n.t('Choose where to train the other trials'),
  });
  return chosen?.args;
}
