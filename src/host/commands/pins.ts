/** *Pin* and *Unpin Checkpoint*: a pinned one is kept for good, while others make room for newer ones. */
import { l10n } from 'vscode';
import type { Host } from '../host';
import { checkpointFor } from './run-target';

export async function pinCheckpoint(host: Host, target: unknown): Promise<void> {
  const title = l10n.t('Pin Checkpoint');
  const chosen = await checkpointFor(host, target, title, ({ isPinned }) => !isPinned);
  if (chosen === undefined) return;
  const control = await import('../../training/run-folder/control');
  await control.pinCheckpoint(chosen.runFolder, chosen.step);
  await host.runs.reread();
}

export async function unpinCheckpoint(host: Host, target: unknown): Promise<void> {
  const title = l10n.t('Unpin Checkpoint');
  const chosen = await checkpointFor(host, target, title, ({ isPinned }) => isPinned);
  if (chosen === undefined) return;
  const control = await import('../../training/run-folder/control');
  await control.unpinCheckpoint(chosen.runFolder, chosen.step);
  await host.runs.reread();
}
