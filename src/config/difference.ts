/** Differences between a config and its parent's, as a run stores them. */
import * as z from 'zod';
import type { ConfigDifference, ConfigValue } from '../shared/run-format';
import { valueAt } from './json-path';
import type { ExperimentConfig } from './schema';
import { differingKeys } from './stored';

/** Returns the differences in the order of the configs' keys; lists are compared as a whole. */
export function configDifferences(before: ExperimentConfig, after: ExperimentConfig): ConfigDifference[] {
  return differingKeys(before, after).map((key) => {
    const path = key.split('.');
    const [had, has] = [valueAt(before, path), valueAt(after, path)];
    return {
      key,
      ...(had === undefined ? {} : { before: plainValue(had) }),
      ...(has === undefined ? {} : { after: plainValue(has) }),
    };
  });
}

/** Converts a part of a config to JSON; it is plain JSON already, but its type does not express that. */
export function plainValue(value: unknown): ConfigValue {
  return z.json().parse(JSON.parse(JSON.stringify(value)));
}
