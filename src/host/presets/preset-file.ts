/** Files of the presets, and the part of their text that goes into a user's own experiment. */
import { Uri, workspace } from 'vscode';
import { translateComments } from '../../shared/comments';
import { EXPERIMENT_EXTENSION } from '../../shared/experiment-place';
import { translated } from '../localized-texts';
import type { Preset } from './presets';

/** The editor finds the schema by file name; the path in an example is valid only inside the product. */
export function withoutSchema(text: string): string {
  return text.replace(/^[ \t]*"\$schema"[^\n]*\n/m, '');
}

/** Examples are measured and documented; other presets are for the editor only and timed as one of the examples. */
export function presetPath({ name, timedAs }: Preset): readonly string[] {
  return [...(timedAs === undefined ? ['examples'] : ['media', 'experiments']), name + EXPERIMENT_EXTENSION];
}

/** With comments in the language of the editor. */
export async function readPreset(extensionUri: Uri, preset: Preset): Promise<string> {
  const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, ...presetPath(preset)));
  return translateComments(withoutSchema(new TextDecoder().decode(bytes)), (text) =>
    translated({ text, values: [] }),
  );
}

/** Returns an unused file name: nothing is ever overwritten. */
export async function freeFile(folder: Uri, name: string, extension = EXPERIMENT_EXTENSION): Promise<Uri> {
  const taken = new Set((await workspace.fs.readDirectory(folder)).map(([entry]) => entry.toLowerCase()));
  for (let number = 1; ; number++) {
    const candidate = `${name}${number === 1 ? '' : `-${number}`}${extension}`;
    if (!taken.has(candidate.toLowerCase())) return Uri.joinPath(folder, candidate);
  }
}
