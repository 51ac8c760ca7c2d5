/** *Apply to Images…*: the generator of an image-to-image run on the user's own images, as `gan translate` does. */
import { basename, dirname, extname, join } from 'node:path';
import { commands, l10n, type QuickPickItem, Uri, window } from 'vscode';
import type { TranslateLine } from '../../shared/cli-protocol';
import { CheckpointNode } from '../experiments/nodes';
import { canApply } from '../experiments/run-state';
import type { Host } from '../host';
import { type GanHost, ganWithProgress } from './gan-progress';
import { revealUri } from './locations';
import { runFolderFor } from './run-target';

interface SourceItem extends QuickPickItem {
  readonly isFolder: boolean;
}

export async function applyToImages(host: Host, target: unknown): Promise<void> {
  const runFolder = await runFolderFor(host, target, l10n.t('Apply to Images'), {
    none: l10n.t('No run has learnt to translate images yet.'),
    fits: canApply,
  });
  const step = target instanceof CheckpointNode ? target.checkpoint.step : undefined;
  if (runFolder !== undefined) await applyRun(host, runFolder, step);
}

export async function applyRun(host: GanHost, runFolder: string, step: number | undefined): Promise<void> {
  const source = await askForSource();
  if (source === undefined) return;
  const place = await askForPlace(runFolder, source);
  if (place === undefined) return;
  let made: TranslateLine | undefined;
  const isDone = await ganWithProgress(host, {
    title: l10n.t('Applying {0}', basename(runFolder)),
    args: [
      ...['translate', runFolder, source.uri.fsPath, '--out', place.fsPath],
      ...(step === undefined ? [] : ['--from', String(step)]),
      // The dialog has already asked whether to replace an existing file; it does not ask for folders.
      ...(source.isFolder ? [] : ['--force']),
    ],
    onLine(line) {
      if (isTranslated(line)) made = line;
    },
  });
  if (!isDone) return;
  const skipped = made?.skipped ?? [];
  for (const { name, reason } of skipped) host.log.info(l10n.t('Skipped {0}: {1}', name, reason));
  await tell(place, source.isFolder, skipped.length);
}

interface Source {
  readonly uri: Uri;
  readonly isFolder: boolean;
}

/** Asks for an image or a folder: not every system's dialog offers both at a time. */
async function askForSource(): Promise<Source | undefined> {
  const items: SourceItem[] = [
    { label: l10n.t('Image…'), isFolder: false },
    { label: l10n.t('Folder of Images…'), isFolder: true },
  ];
  const title = l10n.t('Apply to Images');
  const chosen = await window.showQuickPick(items, {
    title,
    placeHolder: l10n.t('Choose what to translate'),
  });
  if (chosen === undefined) return undefined;
  const { isFolder } = chosen;
  const [uri] =
    (await window.showOpenDialog({
      title,
      canSelectFiles: !isFolder,
      canSelectFolders: isFolder,
      openLabel: l10n.t('Apply'),
      ...(isFolder ? {} : { filters: { [l10n.t('Images')]: IMAGE_ENDINGS } }),
    })) ?? [];
  return uri === undefined ? undefined : { uri, isFolder };
}

export const IMAGE_ENDINGS = ['png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp', 'tif', 'tiff', 'svg'];

/** Beside the images, under their name and that of the run. */
async function askForPlace(runFolder: string, { uri, isFolder }: Source): Promise<Uri | undefined> {
  const name = basename(uri.fsPath);
  const stem = isFolder ? name : name.slice(0, name.length - extname(name).length);
  const proposed = `${stem}-${basename(runFolder)}${isFolder ? '' : '.png'}`;
  return await window.showSaveDialog({
    title: isFolder ? l10n.t('New Folder for the Translated Images') : l10n.t('Save the Translated Image'),
    defaultUri: Uri.file(join(dirname(uri.fsPath), proposed)),
    ...(isFolder ? {} : { filters: { [l10n.t('Images')]: ['png', 'jpg', 'webp', 'tif'] } }),
  });
}

async function tell(place: Uri, isFolder: boolean, skipped: number): Promise<void> {
  const [open, reveal] = [l10n.t('Open'), l10n.t('Reveal in Explorer')];
  const saved = l10n.t('Saved {0}.', basename(place.fsPath));
  const text =
    skipped === 0
      ? saved
      : l10n.t(
          'Saved {0}. Images that cannot be used: {1}; the log lists them.',
          basename(place.fsPath),
          skipped,
        );
  const chosen = await window.showInformationMessage(text, ...(isFolder ? [] : [open]), reveal);
  if (chosen === reveal) await revealUri(place);
  else if (chosen === open) await commands.executeCommand('vscode.open', place);
}

function isTranslated(line: object): line is TranslateLine {
  return 'type' in line && line.type === 'translate';
}
