/** Rows of comma-separated values (RFC 4180): quoted only if necessary. */

export type Cell = string | number | undefined;

export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

/** Keeps spreadsheets from executing a text as a formula: an apostrophe in front makes it a text for them, too. */
export function guarded(value: Cell): Cell {
  return typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

function cellText(value: Cell): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
