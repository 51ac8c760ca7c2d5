/** Images that were dropped on a page, as a file or folder that can be translated. */
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { l10n, Uri } from 'vscode';
import { WorkbenchError } from '../../shared/errors';
import type { Dropped, DroppedFile } from '../../shared/translation-protocol';

/** What was dropped cannot be translated. */
class DropError extends WorkbenchError {}

export interface DroppedImages {
  readonly path: string;
  readonly isFolder: boolean;
  /** Whether they are copies, next to which nothing should be written. */
  readonly isCopy: boolean;
}

/** Pages show the copies beside what was made of them; nobody looks for longer. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Files of other programs are stored in a folder of their own, as are several at a time, since one file or folder is
 * translated.
 *
 * @param storage folder of the copies, those of a week ago are deleted. Throws `DropError`.
 */
export async function placeDropped(dropped: Dropped, storage: string): Promise<DroppedImages> {
  if (dropped.kind === 'files') return await copies(storage, dropped.files.map(stored));
  const paths = dropped.uris.map(pathOf);
  const [first] = paths;
  if (first !== undefined && paths.length === 1)
    return { path: first, isFolder: (await stat(first)).isDirectory(), isCopy: false };
  for (const path of paths) if ((await stat(path)).isDirectory()) throw severalFolders();
  return await copies(
    storage,
    paths.map((path) => ({ segments: [basename(path)], write: (place) => copyFile(path, place) })),
  );
}

/** In a remote window, the extension runs on the machine that has the files. */
function pathOf(text: string): string {
  const uri = Uri.parse(text);
  if (uri.scheme === 'file' || uri.scheme === 'vscode-remote') return uri.fsPath;
  throw new DropError(l10n.t('{0} is no file on this machine.', text), l10n.t('Save a copy first.'));
}

function severalFolders(): DropError {
  return new DropError(
    l10n.t('Several folders cannot be translated at a time.'),
    l10n.t('Drop one of them, or put them into one folder.'),
  );
}

interface Copy {
  readonly segments: readonly string[];
  write(place: string): Promise<void>;
}

/** The names come from a page: they must not lead out of the folder. */
function stored({ name, bytes }: DroppedFile): Copy {
  const segments = name.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..');
  return { segments, write: (place) => writeFile(place, bytes) };
}

async function copies(storage: string, all: readonly Copy[]): Promise<DroppedImages> {
  await removeOld(storage);
  const folder = join(storage, randomUUID());
  const [first] = all;
  const isFolder = all.length > 1;
  const root = isFolder ? join(folder, nameOf(all)) : folder;
  const taken = new Set<string>();
  for (const { segments, write } of all) {
    // A folder of that name holds them already.
    const inside = segments[0] === basename(root) ? segments.slice(1) : segments;
    const place = freePlace(join(root, ...(isFolder ? inside : segments.slice(-1))), taken);
    await mkdir(dirname(place), { recursive: true });
    await write(place);
  }
  return { path: isFolder ? root : join(folder, first?.segments.at(-1) ?? ''), isFolder, isCopy: true };
}

/** Files of several folders may have the same name. */
function freePlace(wanted: string, taken: Set<string>): string {
  const numbered = (number: number): string =>
    number === 1 ? wanted : join(dirname(wanted), `${number}-${basename(wanted)}`);
  let number = 1;
  while (taken.has(numbered(number).toLowerCase())) number++;
  taken.add(numbered(number).toLowerCase());
  return numbered(number);
}

/** That of the dropped folder, if it was one. */
function nameOf(all: readonly Copy[]): string {
  const folders = new Set(all.map(({ segments }) => (segments.length > 1 ? segments[0] : undefined)));
  const [only] = folders;
  return folders.size === 1 && only !== undefined ? only : 'dropped-images';
}

async function removeOld(storage: string): Promise<void> {
  for (const name of await readdir(storage).catch(() => [])) {
    const path = join(storage, name);
    const info = await stat(path).catch(() => undefined);
    if (info !== undefined && Date.now() - info.mtimeMs > KEPT_MS)
      await rm(path, { recursive: true, force: true });
  }
}
