/** Exports all records as one CSV table: steps, scores, findings and events, a row each. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { MetricsRecord } from '../shared/run-format';
import { type Cell, csvRow } from '../storage/csv';
import type { Exporter } from './exporter';
import { recordParts } from './records';

/** The columns come from the records: those of every record first, then others in order of appearance. */
const FIRST = ['type', 'step'];

/** Nested lists of suggestions, and forms of texts for translation. */
const LEFT_OUT = ['schemaVersion', 'said', 'changes'];

export const exportCsv: Exporter = async ({ runFolder }, place) => {
  const columns = new Set(FIRST);
  for await (const part of recordParts(runFolder))
    for (const record of part) for (const name of cellsOf(record).keys()) columns.add(name);
  await pipeline(Readable.from(rows(runFolder, [...columns])), createWriteStream(place));
};

async function* rows(runFolder: string, columns: readonly string[]): AsyncGenerator<string> {
  yield csvRow(columns);
  for await (const part of recordParts(runFolder)) {
    const text = part.map((record) => {
      const cells = cellsOf(record);
      return csvRow(columns.map((column) => cells.get(column)));
    });
    if (text.length > 0) yield text.join('');
  }
}

/** Values of nested objects are cells of their own, named `details.seed`, except those of steps, whose names are unique. */
function cellsOf(record: MetricsRecord): ReadonlyMap<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const [name, value] of Object.entries(record)) {
    if (LEFT_OUT.includes(name)) continue;
    if (typeof value === 'number' || typeof value === 'string') cells.set(name, value);
    else if (typeof value === 'object' && value !== null)
      for (const [inner, nested] of Object.entries<Cell>(value))
        cells.set(record.type === 'step' ? inner : `${name}.${inner}`, nested);
  }
  return cells;
}
