/** *Export…*: writes a run, or its generator, in a format of the user's choice, as `gan export` does. */
import { basename, dirname, join } from 'node:path';
import { env, l10n, type QuickPickItem, Uri, window } from 'vscode';
import { EXPORT_FORMATS, type ExportFormat } from '../../shared/export-formats';
import { languageOf } from '../../shared/language';
import { CheckpointNode } from '../experiments/nodes';
import { fileTypeOf, formatDescription, formatTitle } from '../export-texts';
import type { Host } from '../host';
import { type GanHost, ganWithProgress } from './gan-progress';
import { revealUri } from './locations';
import { runFolderFor } from './run-target';

interface FormatItem extends QuickPickItem {
  readonly format: ExportFormat;
}

/** @param option the step of the checkpoint, which the latent explorer passes */
export async function exportRun(host: Host, target: unknown, option: unknown): Promise<void> {
  const runFolder = await runFolderFor(host, target, l10n.t('Export'));
  const given = typeof option === 'number' ? option : undefined;
  const step = target instanceof CheckpointNode ? target.checkpoint.step : given;
  if (runFolder !== undefined) await exportFolder(host, runFolder, step);
}

export async function exportFolder(
  host: GanHost,
  runFolder: string,
  step: number | undefined,
): Promise<void> {
  const items = EXPORT_FORMATS.map(
    (format): FormatItem => ({ label: formatTitle(format), detail: formatDescription(format), format }),
  );
  const placeHolder = l10n.t('Choose a format');
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Export'),
    placeHolder,
    matchOnDetail: true,
  });
  if (chosen === undefined) return;
  const place = await askForPlace(runFolder, chosen.format);
  if (place === undefined) return;
  const isDone = await ganWithProgress(host, {
    title: l10n.t('Exporting {0}', basename(runFolder)),
    args: [
      ...['export', runFolder, '--format', chosen.format.name, '--out', place.fsPath],
      ...['--lang', languageOf(env.language)],
      ...(step === undefined || !chosen.format.options.includes('from') ? [] : ['--from', String(step)]),
      // The dialog has already asked whether to replace an existing file; it does not ask for folders.
      ...(chosen.format.output === 'folder' ? [] : ['--force']),
    ],
  });
  if (!isDone) return;
  const reveal = l10n.t('Reveal in Explorer');
  const told = l10n.t('Saved {0}.', basename(place.fsPath));
  if ((await window.showInformationMessage(told, reveal)) === reveal) await revealUri(place);
}

/** Next to the `gan-runs` folder: only the run itself writes in a run folder. */
async function askForPlace(runFolder: string, format: ExportFormat): Promise<Uri | undefined> {
  const { name, output } = format;
  const ending = output === 'folder' ? `-${name}` : `.${output.extension}`;
  const proposed = join(dirname(dirname(runFolder)), `${basename(runFolder)}${ending}`);
  const fileType = fileTypeOf(format);
  return await window.showSaveDialog({
    title: l10n.t('Export as {0}', formatTitle(format)),
    defaultUri: Uri.file(proposed),
    ...(output === 'folder' || fileType === undefined ? {} : { filters: { [fileType]: [output.extension] } }),
  });
}
