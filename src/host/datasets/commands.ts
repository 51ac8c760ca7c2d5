/** The commands about data: bring in a folder of pictures, look at a data set, fetch one that does not ship. */
import { basename, relative } from 'node:path';
import { commands, type Disposable, l10n, Uri, window, workspace } from 'vscode';
import type { PackageData } from '../../data/packages/package-data';
import { COMMANDS } from '../../shared/contributions';
import type { Host } from '../host';
import { showFailure } from '../offer';
import { offerFolder } from '../offer-folder';
import { freeFile } from '../presets/preset-file';
import { allPresets } from '../presets/presets';
import { findExperiments } from '../runs/runs-model';
import type { Datasets } from './datasets';
import { experimentText, type ImportAnswers } from './experiment-text';
import { ensureFetched, fetchableData, fetchWithProgress } from './fetch-data';

async function chooseFolder(target: unknown): Promise<Uri | undefined> {
  if (target instanceof Uri) return target;
  const chosen = await window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    title: l10n.t('Import Dataset'),
    openLabel: l10n.t('Import'),
  });
  return chosen?.[0];
}

/** Undefined where the person thought better of it. */
async function askHow(hasFolders: boolean): Promise<ImportAnswers | undefined> {
  const title = l10n.t('Import Dataset');
  const labels = hasFolders
    ? await window.showQuickPick(
        [
          { label: l10n.t('Sub-folders are classes'), value: 'folders' as const },
          { label: l10n.t('There are no classes'), value: 'none' as const },
        ],
        { title, placeHolder: l10n.t('What do the sub-folders mean?') },
      )
    : { value: 'none' as const };
  if (labels === undefined) return undefined;
  const size = await window.showQuickPick(
    [64, 32, 128].map((value) => ({ label: l10n.t('{0}×{0} pixels', value), value })),
    { title, placeHolder: l10n.t('Which size shall the network see?') },
  );
  if (size === undefined) return undefined;
  const fit = await window.showQuickPick(
    [
      { label: l10n.t('Crop to the middle'), value: 'crop' as const },
      { label: l10n.t('Letterbox: keep all, between bars'), value: 'letterbox' as const },
      { label: l10n.t('Stretch'), value: 'stretch' as const },
    ],
    { title, placeHolder: l10n.t('What happens to pictures that are not square?') },
  );
  return fit === undefined ? undefined : { labels: labels.value, imageSize: size.value, fit: fit.value };
}

/** Writes an experiment on the folder and shows its data, which is imported on the way. */
async function importDataset(datasets: Datasets, target: unknown): Promise<void> {
  const [workspaceFolder] = workspace.workspaceFolders ?? [];
  if (workspaceFolder === undefined) {
    await offerFolder();
    return;
  }
  const pictures = await chooseFolder(target);
  if (pictures === undefined) return;
  const entries = await workspace.fs.readDirectory(pictures);
  // 2 is the type of a folder, also where it is combined with that of a link.
  const answers = await askHow(entries.some(([name, type]) => (type & 2) !== 0 && !name.startsWith('.')));
  if (answers === undefined) return;
  const home = workspace.getWorkspaceFolder(pictures) ?? workspaceFolder;
  const inside = relative(home.uri.fsPath, pictures.fsPath);
  const path = inside.startsWith('..') ? pictures.fsPath : inside === '' ? '.' : inside;
  const name = basename(pictures.fsPath).replace(/[^\p{L}\p{N}_-]+/gu, '-') || 'pictures';
  const file = await freeFile(home.uri, name);
  const comment = l10n.t('A GAN on the pictures of {0}.', basename(pictures.fsPath));
  const text = experimentText(path.replaceAll('\\', '/'), answers, comment);
  await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  datasets.open(file.fsPath);
}

async function openDataset(datasets: Datasets, target: unknown): Promise<void> {
  const file = fileOf(target) ?? (await chooseExperiment());
  if (file !== undefined) datasets.open(file);
}

function fileOf(target: unknown): string | undefined {
  if (target instanceof Uri) return target.fsPath;
  const files: unknown =
    typeof target === 'object' && target !== null && 'files' in target ? target.files : [];
  const first: unknown = Array.isArray(files) ? files[0] : undefined;
  return first instanceof Uri ? first.fsPath : undefined;
}

async function chooseExperiment(): Promise<string | undefined> {
  const items = (await findExperiments()).map(({ fsPath }) => ({
    label: basename(fsPath),
    description: workspace.asRelativePath(fsPath),
    fsPath,
  }));
  if (items.length <= 1) return items[0]?.fsPath;
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Open Dataset'),
    placeHolder: l10n.t('Choose an experiment'),
  });
  return chosen?.fsPath;
}

/** Fetches what a name stands for, or what the person chooses; whether it is there then. */
async function fetchData(host: Host, target: unknown): Promise<boolean> {
  if (typeof target === 'string') return await ensureFetched(host, target);
  const missing = await fetchableData('missing');
  if (missing.length === 0) {
    void window.showInformationMessage(l10n.t('All datasets have been fetched already.'));
    return false;
  }
  const items = missing.map((data) => ({
    label: data.title,
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
        // Links, keys and other extensions call commands that the manifest disables.
        if (!workspace.isTrusted) return await commands.executeCommand('workbench.trust.manage');
        return await act(target);
      } catch (error) {
        showFailure(host, error);
        return undefined;
      }
    });
  return [
    register(COMMANDS.importDataset, (target) => importDataset(datasets, target)),
    register(COMMANDS.openDataset, (target) => openDataset(datasets, target)),
    register(COMMANDS.fetchData, (target) => fetchData(host, target)),
  ];
}
