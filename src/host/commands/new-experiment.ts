/** *New Experiment*: a commented file to begin with, a copy of one of the examples that come with the product. */
import { basename } from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';
import type { Host } from '../host';
import { describePreset, withoutSchema } from './preset-text';
import { offerFolder } from './start-training';

const EXTENSION = '.gan.json';
/** What somebody new is best off with, before the others. */
const FIRST: readonly string[] = ['toy-ring', 'digits-dcgan'];

interface Preset {
  readonly label: string;
  readonly detail: string;
  readonly text: string;
}

/** The examples that ship: whoever adds one adds a preset. */
async function readPresets(extensionUri: Uri): Promise<Preset[]> {
  const folder = Uri.joinPath(extensionUri, 'examples');
  const names = (await workspace.fs.readDirectory(folder)).map(([name]) => name);
  const labels = names
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => basename(name, EXTENSION))
    .sort();
  const ordered = [
    ...FIRST.filter((label) => labels.includes(label)),
    ...labels.filter((label) => !FIRST.includes(label)),
  ];
  return await Promise.all(
    ordered.map(async (label) => {
      const bytes = await workspace.fs.readFile(Uri.joinPath(folder, label + EXTENSION));
      const text = new TextDecoder().decode(bytes);
      return { label, detail: describePreset(text), text: withoutSchema(text) };
    }),
  );
}

/** A name that no file has yet: nothing is ever overwritten. */
export async function freeFile(folder: Uri, name: string): Promise<Uri> {
  const taken = new Set((await workspace.fs.readDirectory(folder)).map(([entry]) => entry.toLowerCase()));
  for (let number = 1; ; number++) {
    const candidate = `${name}${number === 1 ? '' : `-${number}`}${EXTENSION}`;
    if (!taken.has(candidate.toLowerCase())) return Uri.joinPath(folder, candidate);
  }
}

/** Links, as in the walkthrough, name the preset; everybody else is asked. */
async function choosePreset(extensionUri: Uri, named: unknown): Promise<Preset | undefined> {
  const presets = await readPresets(extensionUri);
  const known = presets.find(({ label }) => label === named);
  if (known !== undefined) return known;
  return await window.showQuickPick(presets, {
    title: l10n.t('New Experiment'),
    placeHolder: l10n.t('Choose what to begin with'),
    matchOnDetail: true,
  });
}

/** Shows the new file and returns it; undefined where the person thought better of it. */
export async function newExperiment({ extensionUri }: Host, target: unknown): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders;
  if (folders === undefined) {
    await offerFolder();
    return undefined;
  }
  const preset = await choosePreset(extensionUri, target);
  if (preset === undefined) return undefined;
  const folder = folders.length === 1 ? folders[0] : await window.showWorkspaceFolderPick();
  if (folder === undefined) return undefined;
  const file = await freeFile(folder.uri, preset.label);
  await workspace.fs.writeFile(file, new TextEncoder().encode(preset.text));
  await window.showTextDocument(file);
  return file;
}
