/** *Explore Latents*: opens the latent explorer of a run, at the checkpoint that the command was called on. */
import { resolve } from 'node:path';
import { l10n } from 'vscode';
import { runFolderFor } from '../commands/run-target';
import { CheckpointNode } from '../experiments/nodes';
import { canExplore } from '../experiments/run-state';
import type { Host } from '../host';

export async function exploreLatents(host: Host, target: unknown): Promise<void> {
  const runFolder = await runFolderFor(host, target, l10n.t('Explore Latents'), {
    none: l10n.t('No run has a checkpoint with latents to explore.'),
    fits: canExplore,
  });
  if (runFolder === undefined) return;
  const step = target instanceof CheckpointNode ? { step: target.checkpoint.step } : {};
  const at = { runFolder: resolve(runFolder), ...step };
  const { explorer } = host.pages;
  const open = explorer.find(at);
  await explorer.show(at);
  if (at.step !== undefined) open?.load(at.step);
}
