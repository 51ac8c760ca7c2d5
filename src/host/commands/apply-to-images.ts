/** *Apply to Images…*: the generator of an image-to-image run on the user's own images, as `gan translate` does. */
import { basename, dirname, extname, join } from 'node:path';
import { l10n, type QuickPickItem, Uri, window } from 'vscode';
import type { TranslatedImageLine, TranslateLine } from '../../shared/cli-protocol';
import { type ImagePair, MAX_SHOWN_PAIRS, type Translation } from '../../shared/translation-protocol';
import { CheckpointNode } from '../experiments/nodes';
import { canApply } from '../experiments/run-state';
import type { Host } from '../host';
import { type GanHost, ganWithProgress } from './gan-progress';
import { runFolderFor } from './run-target';

interface SourceItem extends QuickPickItem {
  readonly isFolder: boolean;
}

/** @param option what was dropped on a page; otherwise the user is asked */
export async function applyToImages(host: Host, target: unknown, option?: unknown): Promise<void> {
  const runFolder = await runFolderFor(host, target, l10n.t('Apply to Images'), {
    none: l10n.t('No run has learnt to translate images yet.'),
    fits: canApply,
  });
  if (runFolder === undefined) return;
  const step = target instanceof CheckpointNode ? target.checkpoint.step : undefined;
  await applyRun(host, runFolder, step, await droppedSource(host, runFolder, option));
}

interface TranslationPages {
  show(translation: Translation): Promise<void>;
  find(translation: Translation): { load(translation: Translation): void } | undefined;
}

type ApplyHost = GanHost & { readonly pages: { readonly translation: TranslationPages } };

/** @param given what to translate, if the user need not be asked */
export async function applyRun(
  host: ApplyHost,
  runFolder: string,
  step: number | undefined,
  given?: Source,
): Promise<void> {
  const source = given ?? (await askForSource());
  if (source === undefined) return;
  const place = await askForPlace(runFolder, source);
  if (place === undefined) return;
  let made: TranslateLine | undefined;
  const pairs: ImagePair[] = source.isFolder
    ? []
    : [{ from: basename(source.uri.fsPath), to: basename(place.fsPath) }];
  const isDone = await ganWithProgress(host, {
    title: l10n.t('Applying {0}', basename(runFolder)),
    args: [
      ...['translate', runFolder, source.uri.fsPath, '--out', place.fsPath],
      ...(step === undefined ? [] : ['--from', String(step)]),
      // The dialog has already asked whether to replace an existing file; it does not ask for folders.
      ...(source.isFolder ? [] : ['--force']),
    ],
    onLine(line) {
      if (isImage(line) && pairs.length < MAX_SHOWN_PAIRS) pairs.push({ from: line.from, to: line.to });
      else if (isTranslated(line)) made = line;
    },
  });
  if (!isDone || made === undefined) return;
  for (const { name, reason } of made.skipped) host.log.info(l10n.t('Skipped {0}: {1}', name, reason));
  const folderOf = (path: string): string => (source.isFolder ? path : dirname(path));
  await showTranslation(host, {
    ...{ runFolder, step: made.step, place: place.fsPath, pairs, count: made.count },
    inputs: folderOf(source.uri.fsPath),
    outputs: folderOf(place.fsPath),
    skipped: made.skipped.length,
  });
}

async function showTranslation({ pages }: ApplyHost, translation: Translation): Promise<void> {
  const open = pages.translation.find(translation);
  await pages.translation.show(translation);
  open?.load(translation);
}

export interface Source {
  readonly uri: Uri;
  readonly isFolder: boolean;
  /** Where to write, if not beside the images. */
  readonly outputFolder?: string;
}

async function droppedSource(host: Host, runFolder: string, option: unknown): Promise<Source | undefined> {
  const { droppedIn } = await import('../translation/page-messages');
  const dropped = droppedIn(option);
  if (dropped === undefined) return undefined;
  const { placeDropped } = await import('../translation/dropped-images');
  const { path, isFolder, isCopy } = await placeDropped(
    dropped,
    Uri.joinPath(host.storage, 'dropped-images').fsPath,
  );
  const beside = isCopy ? { outputFolder: dirname(dirname(runFolder)) } : {};
  return { uri: Uri.file(path), isFolder, ...beside };
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
async function askForPlace(
  runFolder: string,
  { uri, isFolder, outputFolder = dirname(uri.fsPath) }: Source,
): Promise<Uri | undefined> {
  const name = basename(uri.fsPath);
  const stem = isFolder ? name : name.slice(0, name.length - extname(name).length);
  const proposed = `${stem}-${basename(runFolder)}${isFolder ? '' : '.png'}`;
  return await window.showSaveDialog({
    title: isFolder ? l10n.t('New Folder for the Translated Images') : l10n.t('Save the Translated Image'),
    defaultUri: Uri.file(join(outputFolder, proposed)),
    ...(isFolder ? {} : { filters: { [l10n.t('Images')]: ['png', 'jpg', 'webp', 'tif'] } }),
  });
}

function isTranslated(line: object): line is TranslateLine {
  return 'type' in line && line.type === 'translate';
}

function isImage(line: object): line is TranslatedImageLine {
  return 'type' in line && line.type === 'image';
}
