/** In which order runs are listed. Scores of different protocols are never put in order with one another. */
import type { RunRow, RunsTableSorting, TableScore } from '../../src/shared/runs-table-protocol';
import { SCORE_KINDS, type ScoreKind } from '../../src/shared/scores';

/** Runs that are in order with one another. */
export interface RunGroup {
  /** Of the score that the table is sorted by; undefined of runs without it, and where no score sorts. */
  readonly protocol?: string;
  readonly rows: readonly RunRow[];
}

/** Columns that every run has. */
export const RUN_COLUMNS = ['name', 'experiment', 'status', 'step', 'createdAt'] as const;
export type RunColumn = (typeof RUN_COLUMNS)[number];

export function isRunColumn(column: string): column is RunColumn {
  return RUN_COLUMNS.some((one) => one === column);
}

/** The values that a run has of a score, one of each protocol. */
export function scoresOf({ scores }: RunRow, name: string): readonly TableScore[] {
  return scores.filter((score) => score.name === name);
}

/** Each score that a run has, once, in the order in which runs are ranked by them. */
export function scoreColumns(rows: readonly RunRow[]): readonly ScoreKind[] {
  return SCORE_KINDS.filter(({ name }) => rows.some((row) => scoresOf(row, name).length > 0));
}

/** The protocols of a score, that of the most runs first. */
export function protocolsOf(rows: readonly RunRow[], name: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const { protocol } of scoresOf(row, name)) counts.set(protocol, (counts.get(protocol) ?? 0) + 1);
  return [...counts]
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || a.localeCompare(b))
    .map(([protocol]) => protocol);
}

/** Whether no run has a better value of the same protocol. */
export function isBestOfProtocol(
  rows: readonly RunRow[],
  { name, value, better, protocol }: TableScore,
): boolean {
  return rows.every((row) => {
    const other = valueBy(row, name, protocol);
    return other === undefined || (better === 'lower' ? value <= other : value >= other);
  });
}

/**
 * Of equal ones that comes first which comes first in `rows`. Sorted by a score, a run stands in the group of each
 * protocol that it was scored by.
 */
export function grouped(
  rows: readonly RunRow[],
  { column, isDescending }: RunsTableSorting,
): readonly RunGroup[] {
  const sign = isDescending ? -1 : 1;
  if (isRunColumn(column)) return [{ rows: rows.toSorted((a, b) => sign * compare(a[column], b[column])) }];
  const groups = protocolsOf(rows, column).map((protocol) => ({
    protocol,
    rows: rows
      .filter((row) => valueBy(row, column, protocol) !== undefined)
      .toSorted((a, b) => sign * compare(valueBy(a, column, protocol), valueBy(b, column, protocol))),
  }));
  const without = rows.filter((row) => scoresOf(row, column).length === 0);
  return [...groups, ...(without.length === 0 ? [] : [{ rows: without }])];
}

function valueBy(row: RunRow, name: string, protocol: string): number | undefined {
  return scoresOf(row, name).find((score) => score.protocol === protocol)?.value;
}

/** What is missing comes first. */
function compare(a: string | number | undefined, b: string | number | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a ?? '').localeCompare(String(b ?? ''), undefined, { numeric: true });
}
