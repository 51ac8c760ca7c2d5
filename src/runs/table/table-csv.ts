/** Writes the runs table as CSV. */
import type { ExportedCell } from '../../shared/runs-table-protocol';
import { csvRow, guarded } from '../../storage/csv';
import { writeFileDurably } from '../../storage/durable-file';

/** Creates or replaces a file with these rows, of which the first has the titles. Throws `StorageError`. */
export async function writeTableCsv(path: string, rows: readonly (readonly ExportedCell[])[]): Promise<void> {
  const lines = rows.map((cells) => csvRow(cells.map((cell) => guarded(cell ?? undefined))));
  await writeFileDurably(path, ...lines);
}
