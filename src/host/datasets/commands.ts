/** Data commands: import a folder of images, open a dataset, fetch one that does not ship. */

import { commands, type Disposable, l10n, Uri, workspace } from 'vscode';
import { COMMANDS } from '../../shared/contributions';
import { pickExperiment } from '../commands/pick-experiment';
import { findExperiments } from '../experiments/runs-model';
import type { Host } from '../host';
import { showFailure } from '../offer';
import { DatasetNode } from './dataset-node';
import type { Datasets } from './datasets';
import { fetchData } from './fetch-command';
import { importDataset } from './import-dataset';

async function openDataset(datasets: Datasets, target: unknown): Promise<void> {
  const file = await experimentFor(target);
  if (file !== undefined) await datasets.open(file.fsPath);
}

async function experimentFor(target: unknown): Promise<Uri | undefined> {
  if (target instanceof Uri) return target;
  // Any of its experiments will do: their data is the same.
  if (target instanceof DatasetNode) return target.files[0];
  return await pickExperiment(await findExperiments(), l10n.t('Open Dataset'));
}

export function registerDatasetCommands(host: Host, datasets: Datasets): Disposable[] {
  const register = (id: string, act: (target: unknown) => Promise<unknown>): Disposable =>
    commands.registerCommand(id, async (target: unknown) => {
      try {
        // Links, keyboard shortcuts and other extensions can call commands that the manifest disables.
        if (!workspace.isTrusted) return await commands.executeCommand('workbench.trust.manage');
        return await act(target);
      } catch (error) {
        showFailure(host, error);
        return undefined;
      }
    });
  return [
    register(COMMANDS.importDataset, (target) => importDataset(host, datasets, target)),
    register(COMMANDS.openDataset, (target) => openDataset(datasets, target)),
    register(COMMANDS.fetchData, (target) => fetchData(host, target)),
  ];
}
