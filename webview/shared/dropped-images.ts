/**
 * Images and folders that are dropped on a page. From other programs they arrive as files with their bytes, whose number
 * and size are limited; from the editor's own explorer as addresses. VS Code lets a page have them while Shift is held.
 */
import {
  type Dropped,
  type DroppedFile,
  MAX_DROPPED_BYTES,
  MAX_DROPPED_FILES,
} from '../../src/shared/translation-protocol';
import './styles/drop.css';
import { element, iconButton } from './dom';
import { notice } from './notice';
import { t } from './texts';

export interface DropTarget {
  /** Shown while images are dragged over the page. */
  readonly hint: string;
  /** What to do instead of a drop that is refused. */
  readonly remedy: string;
  /** Whether something dropped now would be used. */
  isAccepting(): boolean;
  onDrop(dropped: Dropped): void;
}

/** The explorer's own list comes first: other programs are given only one of several files. */
const ADDRESS_TYPES = ['application/vnd.code.uri-list', 'text/uri-list'];

/** Makes the whole page a target. Call once. */
export function acceptDrops({ hint, remedy, isAccepting, onDrop }: DropTarget): void {
  const cover = element('div', { class: 'drop-target', hidden: true }, hint);
  document.body.append(cover);
  const isOurs = ({ dataTransfer }: DragEvent): boolean =>
    isAccepting() && ['Files', ...ADDRESS_TYPES].some((type) => dataTransfer?.types.includes(type));
  const drag = (event: DragEvent): void => {
    if (!isOurs(event)) return;
    event.preventDefault();
    cover.hidden = false;
  };
  document.addEventListener('dragenter', drag);
  document.addEventListener('dragover', drag);
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) cover.hidden = true;
  });
  document.addEventListener('drop', (event) => {
    cover.hidden = true;
    if (!isOurs(event) || event.dataTransfer === null) return;
    event.preventDefault();
    readDrop(event.dataTransfer).then(onDrop, (problem: unknown) => showProblem(problem, remedy));
  });
}

let refusal: HTMLElement | undefined;

function showProblem(problem: unknown, remedy: string): void {
  refusal?.remove();
  const shown = notice('error', problem instanceof Error ? problem.message : String(problem), remedy);
  shown.append(iconButton('close', t('Close'), () => shown.remove()));
  refusal = shown;
  document.body.prepend(shown);
}

/** What was dropped can be asked for only until the event has been handled: nothing is awaited before. */
async function readDrop(transfer: DataTransfer): Promise<Dropped> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  const files = [...transfer.files];
  const uris = ADDRESS_TYPES.map((type) => addressesIn(transfer.getData(type))).find(
    ({ length }) => length > 0,
  );
  if (entries.length === 0 && files.length === 0 && uris !== undefined) return { kind: 'addresses', uris };
  const found: NamedFile[] = entries.length === 0 ? files.map((file) => ({ name: file.name, file })) : [];
  for (const entry of entries) await collect(entry, found);
  const chosen = found.filter(({ name }) => IMAGE_NAME.test(name));
  if (chosen.length === 0) throw new Error(t('There are no images among the dropped files.'));
  requireFew(chosen);
  return {
    kind: 'files',
    files: await Promise.all(
      chosen.map(
        async ({ name, file }): Promise<DroppedFile> => ({
          name,
          bytes: new Uint8Array(await file.arrayBuffer()),
        }),
      ),
    ),
  };
}

interface NamedFile {
  /** Path from the dropped folder on, or the name. */
  readonly name: string;
  readonly file: File;
}

const IMAGE_NAME = /\.(?:png|jpe?g|webp|gif|bmp|tiff?|svg)$/i;

function addressesIn(list: string): string[] {
  return list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
}

function requireFew(files: readonly NamedFile[]): void {
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  if (files.length > MAX_DROPPED_FILES || bytes > MAX_DROPPED_BYTES)
    throw new Error(
      t(
        'At most {0} images of {1} MB together can be dropped.',
        MAX_DROPPED_FILES,
        MAX_DROPPED_BYTES / 2 ** 20,
      ),
    );
}

/** Adds the files of an entry. */
async function collect(entry: FileSystemEntry, found: NamedFile[]): Promise<void> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    found.push({ name: entry.fullPath.replace(/^\//, ''), file });
  } else if (isFolder(entry) && found.length <= MAX_DROPPED_FILES)
    for (const inner of await entriesOf(entry)) await collect(inner, found);
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** A folder is read in parts. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return all;
    all.push(...part);
  }
}
