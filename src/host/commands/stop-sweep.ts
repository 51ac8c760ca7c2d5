/** *Stop Sweep*: its processes save checkpoints, and Slurm drops the tasks that wait. */
import { basename } from 'node:path';
import { l10n } from 'vscode';
import type { Host } from '../host';
import { sweepFolderFor } from '../sweep/open-sweep';
import { ganWithProgress } from './gan-progress';

/** Throws the command's error. */
export async function stopSweep(
  host: Pick<Host, 'extensionUri' | 'closing' | 'log' | 'runs'>,
  target: unknown,
): Promise<void> {
  const folder = await sweepFolderFor(host, target, l10n.t('Stop Sweep'));
  if (folder === undefined) return;
  await ganWithProgress(host, {
    title: l10n.t('Stopping the sweep {0}…', basename(folder)),
    args: ['sweep', 'stop', folder],
  });
}
