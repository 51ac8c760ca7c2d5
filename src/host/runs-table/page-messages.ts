/** What the page may say: anything else is passed over, since a page may be of another version. */
import type { FromRunsTable, OfferedColumn } from '../../shared/runs-table-protocol';

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isColumn(value: unknown): value is OfferedColumn {
  return isRecord(value) && isText(value.id) && isText(value.title);
}

export function pageMessage(value: unknown): FromRunsTable | undefined {
  if (!isRecord(value)) return undefined;
  const { type, folder, folders, columns } = value;
  if (type === 'ready') return { type };
  if (type === 'openRun' && isText(folder)) return { type, folder };
  if (type === 'compare' && Array.isArray(folders) && folders.every(isText)) return { type, folders };
  return type === 'chooseColumns' && Array.isArray(columns) && columns.every(isColumn)
    ? { type, columns }
    : undefined;
}

/** What the workspace has kept; everything is shown where that is nothing, or of another version. */
export function keptColumns(kept: unknown): { readonly hidden: string[]; readonly config: string[] } {
  const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter(isText) : []);
  return isRecord(kept)
    ? { hidden: texts(kept.hidden), config: texts(kept.config) }
    : { hidden: [], config: [] };
}
