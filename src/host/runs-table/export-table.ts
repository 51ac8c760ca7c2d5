/** Exports the runs table, as the page shows it, to a CSV file of the user's choice. */
import { basename, dirname, join } from 'node:path';
import { l10n, Uri, window } from 'vscode';
import { writeTableCsv } from '../../runs/table/table-csv';
import type { ExportedCell } from '../../shared/runs-table-protocol';
import { tellSaved } from '../saved-file';

/** @param runFolder of any run: the table is saved next to its `gan-runs` folder. Throws `StorageError`. */
export async function exportTable(
  rows: readonly (readonly ExportedCell[])[],
  runFolder: string | undefined,
): Promise<void> {
  if (runFolder === undefined) return;
  // The dialog asks before it replaces a file.
  const file = await window.showSaveDialog({
    defaultUri: Uri.file(join(dirname(dirname(runFolder)), 'runs.csv')),
    filters: { [l10n.t('Comma-separated values')]: ['csv'] },
  });
  if (file === undefined) return;
  await writeTableCsv(file.fsPath, rows);
  await tellSaved(l10n.t('Saved {0}.', basename(file.fsPath)), file);
}
