/** Turns a preset into an experiment file of the user's own: fetches its data if necessary and writes the file. */
import { type Uri, window, workspace } from 'vscode';
import { ensureFetched } from '../datasets/fetch-data';
import type { Host } from '../host';
import { offerFolder } from '../offer-folder';
import { freeFile, readPreset } from './preset-file';
import type { Preset } from './presets';

/** Undefined if the user cancels. Nothing is written before the data is available. */
export async function createExperiment(
  host: Pick<Host, 'extensionUri'>,
  preset: Preset,
): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders;
  if (folders === undefined) {
    await offerFolder();
    return undefined;
  }
  const folder = folders.length === 1 ? folders[0] : await window.showWorkspaceFolderPick();
  if (folder === undefined) return undefined;
  if (preset.fetches !== undefined && !(await ensureFetched(host, preset.fetches))) return undefined;
  const file = await freeFile(folder.uri, preset.name);
  await workspace.fs.writeFile(file, new TextEncoder().encode(await readPreset(host.extensionUri, preset)));
  return file;
}
