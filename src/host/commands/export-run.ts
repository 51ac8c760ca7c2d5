/** *Export…*: writes a run, or its generator, in a format of the user's choice, as `gan export` does. */
import { basename, dirname, join } from 'node:path';
import { l10n, ProgressLocation, type QuickPickItem, Uri, window } from 'vscode';
import type { CountLine } from '../../shared/cli-protocol';
import { EXPORT_FORMATS, type ExportFormat } from '../../shared/export-formats';
import { CheckpointNode } from '../experiments/nodes';
import { fileTypeOf, formatDescription, formatTitle } from '../export-texts';
import type { Host } from '../host';
import { countText } from '../quantities';
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

interface ExportHost extends Pick<Host, 'extensionUri' | 'closing'> {
  readonly log: Pick<Host['log'], 'info'>;
}

export async function exportFolder(
  host: ExportHost,
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
  if (!(await exportWithProgress(host, { runFolder, step, format: chosen.format, place }))) return;
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

interface ChosenExport {
  readonly runFolder: string;
  readonly step: number | undefined;
  readonly format: ExportFormat;
  readonly place: Uri;
}

/** Returns whether it was done; otherwise the user cancelled. */
async function exportWithProgress(
  host: ExportHost,
  { runFolder, step, format, place }: ChosenExport,
): Promise<boolean> {
  const { runGan } = await import('./gan-process');
  return await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Exporting {0}', basename(runFolder)),
      cancellable: true,
    },
    async (progress, token) => {
      const cancelling = new AbortController();
      token.onCancellationRequested(() => cancelling.abort());
      let reached = 0;
      return await runGan({
        command: Uri.joinPath(host.extensionUri, 'dist', 'gan.cjs').fsPath,
        args: [
          ...['export', runFolder, '--format', format.name, '--out', place.fsPath],
          ...(step === undefined ? [] : ['--from', String(step)]),
          // The dialog has already asked whether to replace an existing file; it does not ask for folders.
          ...(format.output === 'folder' ? [] : ['--force']),
        ],
        signal: AbortSignal.any([cancelling.signal, host.closing]),
        onLine(line, text) {
          if (!isCount(line)) {
            if (line === undefined) host.log.info(text);
            return;
          }
          const percent = (100 * line.done) / Math.max(1, line.total);
          progress.report({
            message: `${countText(line.done)}/${countText(line.total)}`,
            increment: Math.max(0, percent - reached),
          });
          reached = Math.max(reached, percent);
        },
      });
    },
  );
}

function isCount(line: object | undefined): line is CountLine {
  return line !== undefined && 'type' in line && line.type === 'count';
}
