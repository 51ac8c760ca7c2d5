/** The files of the presets, and what of their text a person's own experiment begins with. */
import { Uri, workspace } from 'vscode';
import type { Preset } from './presets';

const EXPERIMENT_EXTENSION = '.gan.json';

/** The editor knows the schema by the file's name; the path in an example is that of the product. */
export function withoutSchema(text: string): string {
  return text.replace(/^[ \t]*"\$schema"[^\n]*\n/m, '');
}

/** Examples are measured and documented; the others are for the editor alone, and timed as one of those. */
export function presetPath({ name, timedAs }: Preset): readonly string[] {
  return [...(timedAs === undefined ? ['examples'] : ['media', 'experiments']), name + EXPERIMENT_EXTENSION];
}

export async function readPreset(extensionUri: Uri, preset: Preset): Promise<string> {
  const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, ...presetPath(preset)));
  return withoutSchema(new TextDecoder().decode(bytes));
}

/** A name that no file has yet: nothing is ever overwritten. */
export async function freeFile(folder: Uri, name: string): Promise<Uri> {
  const taken = new Set((await workspace.fs.readDirectory(folder)).map(([entry]) => entry.toLowerCase()));
  for (let number = 1; ; number++) {
    const candidate = `${name}${number === 1 ? '' : `-${number}`}${EXPERIMENT_EXTENSION}`;
    if (!taken.has(candidate.toLowerCase())) return Uri.joinPath(folder, candidate);
  }
}
