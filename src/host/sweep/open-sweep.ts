/** *Open Sweep*: the page of a sweep, by its folder, its file or a choice among those of the workspace. */
import { basename } from 'node:path';
import { commands, l10n, Uri, window, workspace } from 'vscode';
import { type ListedSweep, listSweeps } from '../../runs/sweep-list';
import { SWEEP_EXTENSION } from '../../shared/sweep-files';
import { experimentOf } from '../commands/targets';
import { SweepNode } from '../experiments/nodes';
import type { Host } from '../host';
import { offer } from '../offer';
import { COMMANDS } from '../registry';
import { findSweeps } from '../tasks/find-sweeps';
import { offerSweepFile } from './new-sweep-file';

/** @param target a row of the tree, the path or URI of a sweep's folder, or a sweep file, of which the newest sweep opens */
export async function openSweep(
  host: Pick<Host, 'pages' | 'runs' | 'experimentService'>,
  target: unknown,
): Promise<void> {
  const folder = await sweepFolderFor(host, target, l10n.t('Open Sweep'), (message) =>
    offerFirstSweep(host, message),
  );
  if (folder !== undefined) await host.pages.sweep.show(folder);
}

/** Undefined if there is no sweep, or the user cancels. */
export async function sweepFolderFor(
  host: Pick<Host, 'runs'>,
  target: unknown,
  title: string,
  sayNone: (message: string) => unknown = (message) => window.showInformationMessage(message),
): Promise<string | undefined> {
  if (target instanceof SweepNode) return target.folder;
  const path = typeof target === 'string' ? target : experimentOf(target);
  if (path !== undefined && !path.endsWith(SWEEP_EXTENSION)) return path;
  const sweeps = (await sweepsOf(host)).filter(({ sweepFile }) => path === undefined || sweepFile === path);
  if (sweeps.length === 0) {
    void sayNone(l10n.t('No sweep has been started yet.'));
    return undefined;
  }
  return path === undefined ? await pickSweep(sweeps, title) : sweeps[0]?.folder;
}

async function offerFirstSweep(host: Pick<Host, 'experimentService'>, message: string): Promise<void> {
  const canWrite = workspace.isTrusted && (await findSweeps()).length === 0;
  if (canWrite) offerSweepFile(host, message);
  else
    offer(window.showInformationMessage(message, l10n.t('Start Sweep')), {
      [l10n.t('Start Sweep')]: () => commands.executeCommand(COMMANDS.startSweep),
    });
}

/** The sweeps of the workspace, newest first. */
export async function sweepsOf({ runs }: Pick<Host, 'runs'>): Promise<readonly ListedSweep[]> {
  await runs.firstLook();
  return await listSweeps(runs.runsFolders);
}

async function pickSweep(sweeps: readonly ListedSweep[], title: string): Promise<string | undefined> {
  const items = sweeps.map(({ folder, sweepFile, trials, createdAt }) => ({
    label: basename(folder),
    description: l10n.t('{0} trials', trials),
    detail: `${workspace.asRelativePath(Uri.file(sweepFile))} · ${new Date(createdAt).toLocaleString()}`,
    folder,
  }));
  const chosen = await window.showQuickPick(items, {
    title,
    placeHolder: l10n.t('Choose a sweep'),
    matchOnDetail: true,
  });
  return chosen?.folder;
}
