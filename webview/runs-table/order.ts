/** The order of the rows. Scores of different protocols are never ranked against each other. */
import type { RunRow, RunsTableSorting, TableScore } from '../../src/shared/runs-table-protocol';
import { SCORE_KINDS, type ScoreKind } from '../../src/shared/scores';
import { type Spread, spreadOf } from '../../src/shared/spread';
import { distinct, type Entry } from './entries';

/** Entries that are ranked against each other. */
export interface RunGroup {
  /** Protocol of the score that sorts the table; undefined for runs without it, or if no score sorts. */
  readonly protocol?: string;
  readonly entries: readonly Entry[];
}

/** Columns that every run has. */
export const RUN_COLUMNS = [
  'name',
  'experiment',
  'status',
  'step',
  'images',
  'duration',
  'findings',
  'tags',
  'createdAt',
] as const;
export type RunColumn = (typeof RUN_COLUMNS)[number];

/** Columns of numbers that every run has. */
export const QUANTITIES = ['step', 'images', 'duration', 'findings'] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** Prefix of the id of a setting's column, followed by its key. */
const SETTING = 'config.';

export function settingColumn(key: string): string {
  return SETTING + key;
}

function isRunColumn(column: string): column is RunColumn {
  return RUN_COLUMNS.some((one) => one === column);
}

export function isQuantity(column: string): column is Quantity {
  return QUANTITIES.some((one) => one === column);
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

interface BestMean {
  readonly best: number;
  readonly count: number;
}

/** By name and protocol; cached, since every cell needs them. */
const bestMeans = new WeakMap<readonly Entry[], Map<string, BestMean>>();

function bestMean(entries: readonly Entry[], { name, better }: ScoreKind, protocol: string): BestMean {
  const known = bestMeans.get(entries) ?? new Map<string, BestMean>();
  bestMeans.set(entries, known);
  const key = JSON.stringify([name, protocol]);
  const found = known.get(key);
  if (found !== undefined) return found;
  const means = entries.flatMap((entry) => scoreSpread(entry, name, protocol)?.mean ?? []);
  const made = { best: Math[better === 'lower' ? 'min' : 'max'](...means), count: means.length };
  known.set(key, made);
  return made;
}

/** Whether several entries have a value of the same protocol, and the mean of none is better. */
export function isBestOfProtocol(
  entries: readonly Entry[],
  entry: Entry,
  kind: ScoreKind,
  protocol: string,
): boolean {
  const { best, count } = bestMean(entries, kind, protocol);
  return count > 1 && scoreSpread(entry, kind.name, protocol)?.mean === best && entries.includes(entry);
}

/** Stable with respect to `entries`. When sorted by a score, a row appears in the group of each of its protocols. */
export function grouped(
  entries: readonly Entry[],
  { column, isDescending }: RunsTableSorting,
): readonly RunGroup[] {
  const sign = isDescending ? -1 : 1;
  const sorted = (some: readonly Entry[], of: (entry: Entry) => Value): readonly Entry[] =>
    some.toSorted((a, b) => sign * compare(of(a), of(b)));
  if (!isScoreColumn(column)) return [{ entries: sorted(entries, (entry) => valueBy(entry, column)) }];
  const rows = entries.flatMap(({ runs }) => runs);
  const groups = protocolsOf(rows, column).map((protocol) => ({
    protocol,
    entries: sorted(
      entries.filter((entry) => scoreSpread(entry, column, protocol) !== undefined),
      (entry) => scoreSpread(entry, column, protocol)?.mean,
    ),
  }));
  const without = entries.filter(({ runs }) => runs.every((run) => scoresOf(run, column).length === 0));
  return [...groups, ...(without.length === 0 ? [] : [{ entries: without }])];
}

type Value = string | number | undefined;

function valueBy(entry: Entry, column: string): Value {
  if (isQuantity(column)) return quantitySpread(entry, column)?.mean;
  const texts = distinct(entry.runs.flatMap((run) => textBy(run, column) ?? []));
  return texts.length === 0 ? undefined : texts.join(' ');
}

function textBy(run: RunRow, column: string): string | undefined {
  switch (column) {
    case 'tags':
      return run.tags.join(' ');
    case 'name':
    case 'experiment':
    case 'status':
    case 'createdAt':
      return run[column];
    default:
      return run.config[column.slice(SETTING.length)];
  }
}

/** Durations are in seconds. */
export function quantityOf(run: RunRow, quantity: Quantity): number | undefined {
  if (run.status === 'damaged') return undefined;
  switch (quantity) {
    case 'duration':
      return run.trainingSeconds;
    case 'findings':
      return run.findings?.count ?? 0;
    default:
      return run[quantity];
  }
}

export function quantitySpread({ runs }: Entry, quantity: Quantity): Spread | undefined {
  return spreadOf(runs.map((run) => quantityOf(run, quantity)));
}

export function scoreSpread({ runs }: Entry, name: string, protocol: string): Spread | undefined {
  return spreadOf(runs.map((run) => scoresOf(run, name).find((score) => score.protocol === protocol)?.value));
}

/** Missing values come first; settings are texts, in which numbers sort numerically. */
function compare(a: Value, b: Value): number {
  const [numberA, numberB] = [numberOf(a), numberOf(b)];
  if (numberA !== undefined && numberB !== undefined) return numberA - numberB;
  return String(a ?? '').localeCompare(String(b ?? ''), undefined, { numeric: true });
}

/** Undefined for a text that is no number. */
export function numberOf(value: Value): number | undefined {
  const number = value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isNaN(number) ? undefined : number;
}
