/** Turns a preset into an experiment of the person's own: its data is fetched where needed, and its file written. */
import { type Uri, window, workspace } from 'vscode';
import { ensureFetched } from '../datasets/fetch-data';
import type { Host } from '../host';
import { offerFolder } from '../offer-folder';
import { freeFile, readPreset } from './preset-file';
import type { Preset } from './presets';

/** Undefined where the person thought better of it. Nothing is written before the data is there. */
export async function createExperiment(host: Host, preset: Preset): Promise<Uri | undefined> {
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
