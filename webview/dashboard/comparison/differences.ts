/** Where the configurations of several runs differ. */
import { flatten } from '../../../src/shared/config-rows';

export interface Difference {
  readonly path: string;
  /** Of each run; undefined where it has no such value. */
  readonly values: readonly (string | undefined)[];
  /** Path of the part that the value is inside of, where some runs have none: `conditioning`. */
  readonly part?: string;
}

/** What leaves the course of training as it is; nobody compares runs for these first. */
const ASIDE = ['length', 'logging', 'evaluation', 'engine', 'schemaVersion'];
/** How a configuration says that it has no such part. */
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

/** In the order in which the configurations name them, what decides the training first. */
export function differences(configs: readonly unknown[]): Difference[] {
  const tables = configs.map((config): Table => new Map(flatten(config, '')));
  const paths = [...new Set(tables.flatMap((table) => [...table.keys()]))];
  // A value in some runs, and a part with values of its own in others.
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
