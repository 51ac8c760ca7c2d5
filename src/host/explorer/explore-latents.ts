/** *Explore Latents*: opens the latent explorer of a run, at the checkpoint that the command was called on. */
import { resolve } from 'node:path';
import { l10n } from 'vscode';
import { runFolderFor } from '../commands/run-target';
import { CheckpointNode } from '../experiments/nodes';
import { canExplore } from '../experiments/run-state';
import type { Host } from '../host';
import { askForImage } from './image-to-invert';

export async function exploreLatents(host: Host, target: unknown): Promise<void> {
  await openExplorer(host, target, l10n.t('Explore Latents'));
}

/** *Invert Image…*: finds the latent of an image of the user's own, in the explorer. */
export async function invertImage(host: Host, target: unknown): Promise<void> {
  await openExplorer(host, target, l10n.t('Invert Image'), askForImage);
}

/** @param ask what the explorer is to invert; nothing is opened if the user cancels */
async function openExplorer(
  host: Host,
  target: unknown,
  title: string,
  ask?: () => Promise<string | undefined>,
): Promise<void> {
  const runFolder = await runFolderFor(host, target, title, {
    none: l10n.t('No run has a checkpoint with latents to explore.'),
    fits: canExplore,
  });
  if (runFolder === undefined) return;
  const image = await ask?.();
  if (ask !== undefined && image === undefined) return;
  const step = target instanceof CheckpointNode ? { step: target.checkpoint.step } : {};
  const at = { runFolder: resolve(runFolder), ...step };
  const { explorer } = host.pages;
  const open = explorer.find(at);
  await explorer.show(at);
  if (at.step !== undefined) open?.load(at.step);
  if (image !== undefined) explorer.find(at)?.invert(image);
}
