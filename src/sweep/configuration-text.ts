/** The experiment of a trial as a text that a person goes on with: the sweep's own, with the values of the trial set. */
import { applyEdits, modify, parse } from 'jsonc-parser';
import { isRecord, type JsonPath, valueAt } from '../config/json-path';
import { applyOverride, parseOverride } from '../config/overrides';
import type { Trial } from './sweep-format';

/**
 * Comments and formatting are kept. Throws `RangeError` for what is not a key.
 *
 * @param text a valid experiment
 * @param values by dotted key; later ones take precedence
 */
export function configurationText(text: string, ...values: readonly Trial['values'][]): string {
  const settings = values.flatMap((some) => Object.entries(some));
  return settings.reduce((changed, [key, value]) => withSetting(changed, key, value), text);
}

function withSetting(text: string, key: string, value: unknown): string {
  const root: unknown = parse(text, [], { allowTrailingComma: true });
  const override = parseOverride(`${key}=${JSON.stringify(value)}`);
  if (override === undefined) throw new RangeError(`${key} is not a key of an experiment`);
  const changed = applyOverride(root, override);
  const path = changedPath(root, changed, override.path);
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: text.includes('\r\n') ? '\r\n' : '\n' };
  return applyEdits(text, modify(text, [...path], valueAt(changed, path), { formattingOptions }));
}

/**
 * The part of a path at which the text has to change: all of it, or less where a shorthand becomes an object or the
 * other keys of an object go.
 */
function changedPath(before: unknown, after: unknown, path: JsonPath): JsonPath {
  for (let length = 1; length < path.length; length++) {
    const part = path.slice(0, length);
    const [old, made] = [valueAt(before, part), valueAt(after, part)];
    const isKept =
      Array.isArray(old) || (isRecord(old) && Object.keys(old).every((key) => isRecord(made) && key in made));
    if (!isKept) return part;
  }
  return path;
}
