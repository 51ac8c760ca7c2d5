/** *Invert Image…*: what a generator makes that is most like an image of the user's own, as `gan invert` finds it. */
import { basename, dirname, extname, join } from 'node:path';
import { commands, l10n, Uri, window } from 'vscode';
import type { InversionLine } from '../../shared/cli-protocol';
import { CheckpointNode } from '../experiments/nodes';
import { canExplore } from '../experiments/run-state';
import type { Host } from '../host';
import { IMAGE_ENDINGS } from './apply-to-images';
import { type GanHost, ganWithProgress } from './gan-progress';
import { revealUri } from './locations';
import { runFolderFor } from './run-target';

export async function invertImage(host: Host, target: unknown): Promise<void> {
  const runFolder = await runFolderFor(host, target, l10n.t('Invert Image'), {
    none: l10n.t('No run has a checkpoint with latents to explore.'),
    fits: canExplore,
  });
  const step = target instanceof CheckpointNode ? target.checkpoint.step : undefined;
  if (runFolder !== undefined) await invertWith(host, runFolder, step);
}

export async function invertWith(host: GanHost, runFolder: string, step: number | undefined): Promise<void> {
  const title = l10n.t('Invert Image');
  const filters = { [l10n.t('Images')]: IMAGE_ENDINGS };
  const [image] = (await window.showOpenDialog({ title, openLabel: l10n.t('Invert'), filters })) ?? [];
  if (image === undefined) return;
  const name = basename(image.fsPath);
  const stem = name.slice(0, name.length - extname(name).length);
  const place = await window.showSaveDialog({
    title: l10n.t('Save the Comparison'),
    defaultUri: Uri.file(join(dirname(image.fsPath), `${stem}-${basename(runFolder)}.png`)),
    filters: { [l10n.t('Images')]: ['png'] },
  });
  if (place === undefined) return;
  let found: InversionLine | undefined;
  const isDone = await ganWithProgress(host, {
    title: l10n.t('Inverting {0}', name),
    args: [
      ...['invert', runFolder, image.fsPath, '--out', place.fsPath],
      ...(step === undefined ? [] : ['--from', String(step)]),
      // The dialog has already asked whether to replace an existing file.
      '--force',
    ],
    onLine(line) {
      if (isInversion(line)) found = line;
    },
  });
  if (!isDone || found === undefined) return;
  const [open, reveal] = [l10n.t('Open'), l10n.t('Reveal in Explorer')];
  const text = l10n.t(
    'Saved {0}: the image, and the most similar one found (PSNR {1} dB).',
    basename(place.fsPath),
    found.psnr,
  );
  const chosen = await window.showInformationMessage(text, open, reveal);
  if (chosen === reveal) await revealUri(place);
  else if (chosen === open) await commands.executeCommand('vscode.open', place);
}

function isInversion(line: object): line is InversionLine {
  return 'type' in line && line.type === 'inversion';
}
