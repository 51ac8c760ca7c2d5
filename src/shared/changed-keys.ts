/** The effect of a suggested change on the configuration: each key that it sets, with the value before and after. */
import { isGroup } from './config-rows';
import type { FindingChange } from './run-format';

export interface ChangedKey {
  /** Dotted path. */
  readonly key: string;
  readonly before: string;
  readonly after: string;
}

/** @param config of the run; unknown values are shown as a dash */
export function changedKeys(config: unknown, { set }: FindingChange): readonly ChangedKey[] {
  return Object.entries(set).flatMap(([key, value]) => differences(key, valueAt(config, key), value));
}

function valueAt(config: unknown, key: string): unknown {
  return key.split('.').reduce<unknown>((value, part) => (isGroup(value) ? value[part] : undefined), config);
}

/** Describes a group that replaces another key by key, omitting the unchanged ones. */
function differences(key: string, before: unknown, after: unknown): readonly ChangedKey[] {
  if (isGroup(before) && isGroup(after))
    return Object.entries(after).flatMap(([inner, value]) =>
      differences(`${key}.${inner}`, before[inner], value),
    );
  const texts = { before: shownValue(before), after: shownValue(after) };
  return texts.before === texts.after ? [] : [{ key, ...texts }];
}

/** Formats a part as its name followed by its other options: `r1 (weight 0.5)`. */
function shownValue(value: unknown): string {
  if (value === undefined) return '–';
  if (Array.isArray(value)) return value.length === 0 ? '[]' : value.map(shownValue).join(', ');
  if (!isGroup(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  const { name, ...options } = value;
  const others = Object.entries(options).map(([key, inner]) => `${key} ${shownValue(inner)}`);
  if (typeof name !== 'string') return others.join(', ');
  return others.length === 0 ? name : `${name} (${others.join(', ')})`;
}
