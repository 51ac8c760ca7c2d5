/** Asks for one of the runs of the workspace, the newest first. */
import { basename, join } from 'node:path';
import { l10n, type QuickPickItem, window, workspace } from 'vscode';
import { RUNS_FOLDER, type RunStatus } from '../../shared/run-format';
import { listRuns } from '../../training/run-folder/list-runs';
import { LockObserver } from '../../training/run-folder/lock-file';

interface RunItem extends QuickPickItem {
  readonly folder: string;
}

const STATUS_ICONS: Readonly<Record<RunStatus, string>> = {
  created: '$(loading~spin)',
  running: '$(sync~spin)',
  paused: '$(debug-pause)',
  stopped: '$(debug-stop)',
  completed: '$(pass)',
  failed: '$(error)',
  interrupted: '$(debug-disconnect)',
};

async function runsFolders(): Promise<string[]> {
  const found = await workspace.findFiles(`**/${RUNS_FOLDER}/*/run.json`, '**/node_modules/**');
  return [...new Set(found.map((file) => join(file.fsPath, '..', '..')))].sort();
}

/** Folder of the run that was chosen; undefined where none was, or where there is none, which is said. */
export async function pickRun(): Promise<string | undefined> {
  const runs = await listRuns(await runsFolders(), new LockObserver());
  const items = runs.map((run): RunItem => {
    const { folder } = run;
    if ('problem' in run)
      return { folder, label: `$(warning) ${basename(folder)}`, description: run.problem };
    const { record, status } = run;
    const description = l10n.t(
      'step {0} of {1}',
      record.step.toLocaleString(),
      record.totalSteps.toLocaleString(),
    );
    return { folder, label: `${STATUS_ICONS[status]} ${record.id}`, description, detail: folder };
  });
  if (items.length === 0) {
    await window.showInformationMessage(
      l10n.t('There are no runs in this workspace yet. A run is made by GAN: Start Training.'),
    );
    return undefined;
  }
  const chosen = await window.showQuickPick(items.reverse(), {
    title: l10n.t('Open Dashboard'),
    placeHolder: l10n.t('Choose a run'),
    matchOnDescription: true,
  });
  return chosen?.folder;
}
