/** The order of the runs. Scores of different protocols are never ranked against each other. */
import type { RunRow, RunsTableSorting, TableScore } from '../../src/shared/runs-table-protocol';
import { SCORE_KINDS, type ScoreKind } from '../../src/shared/scores';

/** Runs that are ranked against each other. */
export interface RunGroup {
  /** Protocol of the score that sorts the table; undefined for runs without it, or if no score sorts. */
  readonly protocol?: string;
  readonly rows: readonly RunRow[];
}

/** Columns that every run has. */
export const RUN_COLUMNS = [
  'name',
  'experiment',
  'status',
  'step',
  'duration',
  'findings',
  'tags',
  'createdAt',
] as const;
export type RunColumn = (typeof RUN_COLUMNS)[number];

/** Prefix of the id of a setting's column, followed by its key. */
const SETTING = 'config.';

export function settingColumn(key: string): string {
  return SETTING + key;
}

function isRunColumn(column: string): column is RunColumn {
  return RUN_COLUMNS.some((one) => one === column);
}

/** Whether the column sorts runs by a score, separately for each protocol. */
export function isScoreColumn(column: string): boolean {
  return !isRunColumn(column) && !column.startsWith(SETTING);
}

/** Returns a run's values of a score, one per protocol. */
export function scoresOf({ scores }: RunRow, name: string): readonly TableScore[] {
  return scores.filter((score) => score.name === name);
}

/** Returns each score that any run has, once: the one with the most runs first, then in order of ranking priority. */
export function scoreColumns(rows: readonly RunRow[]): readonly ScoreKind[] {
  const counted = SCORE_KINDS.map((kind) => ({
    kind,
    runs: rows.filter((row) => scoresOf(row, kind.name).length > 0).length,
  })).filter(({ runs }) => runs > 0);
  const most = Math.max(...counted.map(({ runs }) => runs));
  const first = counted.find(({ runs }) => runs === most);
  return [...(first === undefined ? [] : [first]), ...counted.filter((one) => one !== first)].map(
    ({ kind }) => kind,
  );
}

/** Returns the protocols of a score, the one with the most runs first. */
export function protocolsOf(rows: readonly RunRow[], name: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const { protocol } of scoresOf(row, name)) counts.set(protocol, (counts.get(protocol) ?? 0) + 1);
  return [...counts]
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || a.localeCompare(b))
    .map(([protocol]) => protocol);
}

/** Whether several runs have a value of the same protocol, and none is better. */
export function isBestOfProtocol(
  rows: readonly RunRow[],
  { name, value, better, protocol }: TableScore,
): boolean {
  const others = rows.flatMap((row) => scoreBy(row, name, protocol) ?? []);
  return others.length > 1 && others.every((other) => (better === 'lower' ? value <= other : value >= other));
}

/** Stable with respect to `rows`. When sorted by a score, a run appears in the group of each of its protocols. */
export function grouped(
  rows: readonly RunRow[],
  { column, isDescending }: RunsTableSorting,
): readonly RunGroup[] {
  const sign = isDescending ? -1 : 1;
  const sorted = (some: readonly RunRow[], of: (row: RunRow) => Value): readonly RunRow[] =>
    some.toSorted((a, b) => sign * compare(of(a), of(b)));
  if (!isScoreColumn(column)) return [{ rows: sorted(rows, (row) => valueBy(row, column)) }];
  const groups = protocolsOf(rows, column).map((protocol) => ({
    protocol,
    rows: sorted(
      rows.filter((row) => scoreBy(row, column, protocol) !== undefined),
      (row) => scoreBy(row, column, protocol),
    ),
  }));
  const without = rows.filter((row) => scoresOf(row, column).length === 0);
  return [...groups, ...(without.length === 0 ? [] : [{ rows: without }])];
}

type Value = string | number | undefined;

function valueBy(row: RunRow, column: string): Value {
  if (!isRunColumn(column)) return row.config[column.slice(SETTING.length)];
  switch (column) {
    case 'duration':
      return row.trainingSeconds;
    case 'findings':
      return row.findings?.count ?? 0;
    case 'tags':
      return row.tags.join(' ');
    default:
      return row[column];
  }
}

function scoreBy(row: RunRow, name: string, protocol: string): number | undefined {
  return scoresOf(row, name).find((score) => score.protocol === protocol)?.value;
}

/** Missing values come first; settings are texts, in which numbers sort numerically. */
function compare(a: Value, b: Value): number {
  const [numberA, numberB] = [numberOf(a), numberOf(b)];
  if (numberA !== undefined && numberB !== undefined) return numberA - numberB;
  return String(a ?? '').localeCompare(String(b ?? ''), undefined, { numeric: true });
}

function numberOf(value: Value): number | undefined {
  const number = value === '' ? Number.NaN : Number(value);
  return Number.isNaN(number) ? undefined : number;
}
