/**
 * Exports from a dashboard to a file of the user's choice: the numbers as CSV, or the visible charts or samples as PNG.
 */
import { basename, dirname, join } from 'node:path';
import { l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import { writeCurvesCsv } from '../../runs/curves/curves-csv';
import type { RunFollower } from '../../runs/run-follower';
import type { WebviewMessage } from '../../shared/dashboard-protocol';
import { tellSaved } from '../saved-file';

/** Undefined if the user cancels. */
async function askForFile(
  runs: readonly RunFollower[],
  ending: string,
  filters: Readonly<Record<string, string[]>>,
): Promise<Uri | undefined> {
  const [first] = runs;
  if (first === undefined) return undefined;
  const name = runs.length === 1 ? basename(first.folder) : l10n.t('comparison');
  // Next to the `gan-runs` folder: only the run itself writes in a run folder.
  const proposed = join(dirname(dirname(first.folder)), `${name}-${ending}`);
  return await window.showSaveDialog({ defaultUri: Uri.file(proposed), filters: { ...filters } });
}

/** Throws `StorageError`. */
export async function exportCurves(runs: readonly RunFollower[]): Promise<void> {
  const file = await askForFile(runs, 'curves.csv', { [l10n.t('Comma-separated values')]: ['csv'] });
  if (file === undefined) return;
  const title = l10n.t('Writing {0}…', basename(file.fsPath));
  await window.withProgress({ location: ProgressLocation.Window, title }, () =>
    writeCurvesCsv(
      file.fsPath,
      runs.map(({ folder }) => folder),
    ),
  );
  await tellSaved(l10n.t('Saved {0}.', basename(file.fsPath)), file);
}

/** Throws `FileSystemError`. */
export async function savePicture(
  runs: readonly RunFollower[],
  { subject, step, png }: Extract<WebviewMessage, { readonly type: 'savePicture' }>,
): Promise<void> {
  const ending = subject === 'curves' || step === undefined ? `${subject}.png` : `samples-step-${step}.png`;
  const file = await askForFile(runs, ending, { [l10n.t('PNG image')]: ['png'] });
  if (file === undefined) return;
  await workspace.fs.writeFile(file, png);
  await tellSaved(l10n.t('Saved {0}.', basename(file.fsPath)), file);
}
