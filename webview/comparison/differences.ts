/** Where the configurations of several runs differ. */
import { flatten } from '../../src/shared/config-rows';

export interface Difference {
  readonly path: string;
  /** Of each run; undefined where it has no such value. */
  readonly values: readonly (string | undefined)[];
  /** The same in a word: of a part that has a name, the name. */
  readonly words: readonly (string | undefined)[];
}

/** What leaves the course of training as it is; nobody compares runs for these first. */
const ASIDE = ['length', 'logging', 'evaluation', 'engine', 'schemaVersion'];

export function isAside(path: string): boolean {
  return ASIDE.some((key) => path === key || path.startsWith(`${key}.`));
}

type Table = ReadonlyMap<string, string>;

/** The values below a path, by the rest of their own. */
function inside(table: Table, path: string): readonly (readonly [string, string])[] {
  return [...table].flatMap(([key, value]) =>
    key.startsWith(`${path}.`) || key.startsWith(`${path}[`)
      ? [[key.slice(path.length), value] as const]
      : [],
  );
}

function namesIn(values: readonly (readonly [string, string])[]): string {
  return values.flatMap(([key, value]) => (/^(\[\d+\])?\.name$/.test(key) ? value : [])).join(', ');
}

/** A part as one value, beside a run that has no such part. */
function partText(values: readonly (readonly [string, string])[]): string {
  const others = values.flatMap(([key, value]) =>
    key.endsWith('.name') ? [] : `${key.replace(/^(\[\d+\])?\./, '')} ${value}`,
  );
  return [namesIn(values), ...others].filter((text) => text !== '').join(', ');
}

/** A path that is a value in some runs and a part, with values of its own, in others. */
function partPaths(tables: readonly Table[]): ReadonlySet<string> {
  const leaves = new Set(tables.flatMap((table) => [...table.keys()]));
  return new Set([...leaves].filter((path) => tables.some((table) => inside(table, path).length > 0)));
}

/** In the order in which the configurations name them, what decides the training first. */
export function differences(configs: readonly unknown[]): Difference[] {
  const tables = configs.map((config): Table => new Map(flatten(config, '')));
  const parts = partPaths(tables);
  const isInPart = (path: string): boolean =>
    [...parts].some((part) => path.startsWith(`${part}.`) || path.startsWith(`${part}[`));
  const paths = [...new Set(tables.flatMap((table) => [...table.keys()]))].filter((path) => !isInPart(path));
  const textAt = (table: Table, path: string): string | undefined =>
    table.get(path) ?? (parts.has(path) ? partText(inside(table, path)) : undefined);
  const wordOf = (table: Table, path: string): string | undefined =>
    table.get(path) ?? (namesIn(inside(table, path)) || textAt(table, path));
  const rows = paths
    .map((path) => ({
      path,
      values: tables.map((table) => textAt(table, path)),
      words: tables.map((table) => wordOf(table, path)),
    }))
    .filter(({ values }) => new Set(values).size > 1);
  return [...rows.filter(({ path }) => !isAside(path)), ...rows.filter(({ path }) => isAside(path))];
}
