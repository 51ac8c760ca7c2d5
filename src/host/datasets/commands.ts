/** Data commands: import a folder of images, open a dataset, fetch one that does not ship. */

import { commands, type Disposable, l10n, Uri, window, workspace } from 'vscode';
import type { PackageData } from '../../data/packages/package-data';
import { COMMANDS } from '../../shared/contributions';
import { pickExperiment } from '../commands/pick-experiment';
import { findExperiments } from '../experiments/runs-model';
import type { Host } from '../host';
import { showFailure } from '../offer';
import { allPresets } from '../presets/presets';
import { DatasetNode } from './dataset-node';
import { datasetTitle } from './dataset-texts';
import type { Datasets } from './datasets';
import { ensureFetched, fetchableData, fetchWithProgress } from './fetch-data';
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

/** Fetches the named dataset, or one that the user chooses; returns whether it is then available. */
async function fetchData(host: Host, target: unknown): Promise<boolean> {
  if (typeof target === 'string') return await ensureFetched(host, target);
  const missing = await fetchableData('missing');
  if (missing.length === 0) {
    void window.showInformationMessage(l10n.t('All datasets are already downloaded.'));
    return false;
  }
  const items = missing.map((data) => ({
    label: datasetTitle(data.title),
    description: l10n.t('{0} MiB', data.downloadMebibytes),
    detail: l10n.t('Licence: {0}', data.licence),
    data,
  }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Fetch Data'),
    placeHolder: l10n.t('Choose a dataset to download with npm'),
  });
  const came = chosen === undefined ? undefined : await fetchWithProgress(host, chosen.data);
  if (chosen === undefined || came === undefined) return false;
  await offerTraining(came, chosen.data);
  return true;
}

async function offerTraining(came: string, { name }: PackageData): Promise<void> {
  const start = l10n.t('Start Training…');
  if ((await window.showInformationMessage(came, start)) !== start) return;
  const items = allPresets()
    .filter(({ fetches }) => fetches === name)
    .map((preset) => ({ label: preset.title, detail: preset.detail, preset }));
  const chosen =
    items.length === 1
      ? items[0]
      : await window.showQuickPick(items, {
          title: l10n.t('Start Training'),
          placeHolder: l10n.t('Choose what to train'),
        });
  if (chosen !== undefined) await commands.executeCommand(COMMANDS.startTraining, chosen.preset.name);
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
