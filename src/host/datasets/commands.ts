/** The commands about data: bring in a folder of pictures, look at a data set, fetch one that does not ship. */
import { execFile } from 'node:child_process';
import { basename, relative } from 'node:path';
import { promisify } from 'node:util';
import { commands, type Disposable, l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import { COMMANDS } from '../../shared/contributions';
import { WorkbenchError } from '../../shared/errors';
import { freeFile } from '../commands/new-experiment';
import { offerFolder } from '../commands/start-training';
import type { Host } from '../host';
import { showFailure } from '../notifications';
import { findExperiments } from '../runs/runs-model';
import type { Datasets } from './datasets';
import { experimentText, type ImportAnswers } from './experiment-text';

/** npm said no, or is not there. */
class FetchError extends WorkbenchError {}

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

interface Fetchable {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  readonly downloadMebibytes: number;
  readonly fetched: boolean;
}

function isFetchable(value: unknown): value is Fetchable {
  return typeof value === 'object' && value !== null && 'name' in value && 'licence' in value;
}

/** The `gan` command that ships with the extension: the one way in which data is fetched. */
async function gan({ extensionUri }: Host, ...args: readonly string[]): Promise<string> {
  const bundle = Uri.joinPath(extensionUri, 'dist', 'gan.cjs').fsPath;
  const { stdout } = await promisify(execFile)(process.execPath, [bundle, ...args], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  return stdout;
}

async function fetchData(host: Host, target: unknown): Promise<void> {
  const lines = (await gan(host, 'data', 'list', '--json')).trim().split('\n');
  const known = lines.map((line): unknown => JSON.parse(line)).filter(isFetchable);
  const wanted = known.find(({ name }) => name === target) ?? (await chooseFetchable(known));
  if (wanted === undefined) return;
  const fetch = l10n.t('Fetch');
  const answer = await window.showInformationMessage(
    l10n.t('Fetch {0}?', wanted.title),
    {
      modal: true,
      detail: l10n.t('{0} MiB, with npm. Licence: {1}', wanted.downloadMebibytes, wanted.licence),
    },
    fetch,
  );
  if (answer !== fetch) return;
  await window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t('Fetching {0}', wanted.title) },
    async () => {
      try {
        await gan(host, 'data', 'fetch', wanted.name);
      } catch (error) {
        const said =
          error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
        throw new FetchError(said, '');
      }
    },
  );
}

async function chooseFetchable(known: readonly Fetchable[]): Promise<Fetchable | undefined> {
  const items = known
    .filter(({ fetched }) => !fetched)
    .map((data) => ({ label: data.name, description: data.title, detail: data.licence, data }));
  if (items.length === 0) void window.showInformationMessage(l10n.t('All data sets are there already.'));
  if (items.length === 0) return undefined;
  return (await window.showQuickPick(items, { title: l10n.t('Fetch Data') }))?.data;
}

export function registerDatasetCommands(host: Host, datasets: Datasets): Disposable[] {
  const register = (id: string, act: (target: unknown) => Promise<void>): Disposable =>
    commands.registerCommand(id, async (target: unknown) => {
      try {
        // Links, keys and other extensions call commands that the manifest disables.
        if (!workspace.isTrusted) await commands.executeCommand('workbench.trust.manage');
        else await act(target);
      } catch (error) {
        showFailure(host, error);
      }
    });
  return [
    register(COMMANDS.importDataset, (target) => importDataset(datasets, target)),
    register(COMMANDS.openDataset, (target) => openDataset(datasets, target)),
    register(COMMANDS.fetchData, (target) => fetchData(host, target)),
  ];
}
