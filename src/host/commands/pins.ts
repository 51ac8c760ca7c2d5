/**
 * *Pin Checkpoint* and *Unpin Checkpoint*: a pinned checkpoint is kept for good, while others make room for newer ones.
 */
import { l10n } from 'vscode';
import type { RunServices } from '../host';
import { checkpointsFor } from './run-target';

export async function pinCheckpoint(host: RunServices, targets: readonly unknown[]): Promise<void> {
  const title = l10n.t('Pin Checkpoint');
  const chosen = await checkpointsFor(host, targets, title, ({ isPinned }) => !isPinned);
  if (chosen.length === 0) return;
  const control = await import('../../run-folder/control');
  try {
    for (const { runFolder, step } of chosen) await control.pinCheckpoint(runFolder, step);
  } finally {
    await host.runs.reread();
  }
}

export async function unpinCheckpoint(host: RunServices, targets: readonly unknown[]): Promise<void> {
  const title = l10n.t('Unpin Checkpoint');
  const chosen = await checkpointsFor(host, targets, title, ({ isPinned }) => isPinned);
  if (chosen.length === 0) return;
  const control = await import('../../run-folder/control');
  try {
    for (const { runFolder, step } of chosen) await control.unpinCheckpoint(runFolder, step);
  } finally {
    await host.runs.reread();
  }
}
