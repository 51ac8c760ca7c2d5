/** Differences between the configurations of several runs. */
import { flatten } from '../../../src/shared/config-rows';
import type { LocalizableText } from '../../../src/shared/localizable-text';
import { provenanceRows } from '../../../src/shared/provenance';
import type { RunRecord } from '../../../src/shared/run-format';

export interface Difference {
  readonly path: string;
  /** One per run; undefined if it has no such value. */
  readonly values: readonly (string | undefined)[];
  /** Path of the part that contains the value, if some runs lack that part: `conditioning`. */
  readonly part?: string;
}

/** Settings that do not affect the course of training; rarely the reason for comparing runs. */
const ASIDE = ['length', 'logging', 'evaluation', 'engine', 'schemaVersion'];
/** The values by which a configuration leaves out a part. */
const NOTHING = ['false', 'null', '[]', '{}'];

export function isAside(path: string): boolean {
  return ASIDE.some((key) => path === key || path.startsWith(`${key}.`));
}

export function isNothing(value: string | undefined): boolean {
  return value === undefined || NOTHING.includes(value);
}

type Table = ReadonlyMap<string, string>;

function isInside(path: string, part: string): boolean {
  return path.startsWith(`${part}.`) || path.startsWith(`${part}[`);
}

/** In the order of the configurations, settings that affect training first. */
export function differences(configs: readonly unknown[]): Difference[] {
  const tables = configs.map((config): Table => new Map(flatten(config, '')));
  const paths = [...new Set(tables.flatMap((table) => [...table.keys()]))];
  // Paths with a plain value in some runs and a part with its own values in others.
  const parts = paths.filter((path) => paths.some((other) => isInside(other, path)));
  const rows = paths.flatMap((path): Difference[] => {
    const values = tables.map((table) => table.get(path));
    const saysNothing = parts.includes(path) && values.every(isNothing);
    if (saysNothing || new Set(values).size === 1) return [];
    const part = parts.find((one) => isInside(path, one));
    return [{ path, values, ...(part === undefined ? {} : { part }) }];
  });
  return [...rows.filter(({ path }) => !isAside(path)), ...rows.filter(({ path }) => isAside(path))];
}

/** Differences in code, versions, engine and machine. `shown` translates. */
export function provenanceDifferences(
  records: readonly RunRecord[],
  shown: (text: LocalizableText) => string,
): Difference[] {
  const tables = records.map(
    (record): Table =>
      new Map(provenanceRows(record).map(({ title, value }) => [shown(title), shown(value)])),
  );
  return [...new Set(tables.flatMap((table) => [...table.keys()]))].flatMap((path) => {
    const values = tables.map((table) => table.get(path));
    return new Set(values).size === 1 ? [] : { path, values };
  });
}
