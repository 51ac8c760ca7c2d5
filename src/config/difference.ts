/** What one config has otherwise than another, as a run keeps it of its parent. */
import * as z from 'zod';
import type { ConfigDifference, ConfigValue } from '../shared/run-format';
import { valueAt } from './json-path';
import type { ExperimentConfig } from './schema';
import { differingKeys } from './stored';

/** In the order of the configs' keys; lists are compared whole. */
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

/** A part of a config as JSON, which it is through and through although its type cannot say so. */
export function plainValue(value: unknown): ConfigValue {
  return z.json().parse(JSON.parse(JSON.stringify(value)));
}
