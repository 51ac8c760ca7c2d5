/** `--set key=value`: command-line overrides of values in the experiment file. */
import type { JsonPath } from './json-path';
import { isRecord } from './json-path';

export interface Override {
  /** As given on the command line, for messages. */
  readonly text: string;
  readonly path: JsonPath;
  readonly value: unknown;
}

/**
 * Keys that accept a name or an object with that name; overriding an option of a named part expands it to an object.
 */
const SHORTHAND_TAG: Readonly<Record<string, string>> = { objective: 'name' };

/**
 * Returns undefined if the text is not of the form `key=value`. The value is parsed as JSON where valid, otherwise kept
 * as a string.
 */
export function parseOverride(text: string): Override | undefined {
  const match = /^([A-Za-z_$][\w$]*(?:\.[\w$]+|\[\d{1,3}\])*)=(.*)$/s.exec(text);
  const [, key, valueText] = match ?? [];
  if (key === undefined || valueText === undefined) return undefined;
  const path = key
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : part));
  return { text, path, value: parseValue(valueText) };
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Returns a copy of `root` with the value set at the override's path; missing objects along the path are created. */
export function applyOverride(root: unknown, { path, value }: Override): unknown {
  const replaced = setAt(root, path, value);
  // "steps" and "kimg" are mutually exclusive: the last one given wins.
  if (path[0] === 'length' && path.length === 2 && isRecord(replaced))
    return { ...replaced, length: { [String(path[1])]: value } };
  return replaced;
}

function setAt(target: unknown, path: JsonPath, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === 'number') {
    const list: unknown[] = Array.isArray(target) ? [...target] : [];
    list[key] = setAt(writtenOut(list[key], rest, 'name'), rest, value);
    return list;
  }
  const object = isRecord(target) ? target : {};
  return { ...object, [key]: setAt(writtenOut(object[key], rest, SHORTHAND_TAG[key]), rest, value) };
}

/** Expands a part given by its name alone to an object, if a value inside it is to be set. */
function writtenOut(value: unknown, rest: JsonPath, tag: string | undefined): unknown {
  return rest.length > 0 && typeof value === 'string' && tag !== undefined ? { [tag]: value } : value;
}
