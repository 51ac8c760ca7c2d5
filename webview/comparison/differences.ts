/** Where the configurations of several runs differ. */
import { flatten } from '../../src/shared/config-rows';

export interface Difference {
  readonly path: string;
  /** Of each run; undefined where it has no such value. */
  readonly values: readonly (string | undefined)[];
}

/** In the order in which the configurations name them. */
export function differences(configs: readonly unknown[]): Difference[] {
  const tables = configs.map((config) => new Map(flatten(config, '')));
  const paths = new Set(tables.flatMap((table) => [...table.keys()]));
  return [...paths]
    .map((path) => ({ path, values: tables.map((table) => table.get(path)) }))
    .filter(({ values }) => new Set(values).size > 1);
}
