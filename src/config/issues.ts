/** Turns zod issues into actionable problems: what was found, and what was expected. */
import * as z from 'zod';
import { type LocalizableText, localizable } from '../shared/localizable-text';
import { allowedNames, allowedText } from './allowed';
import type { JsonPath } from './json-path';
import { isRecord, valueAt } from './json-path';
import { nearestName } from './nearest';
import { pathOfKey, schemasAt } from './schemas-at';

export interface ValueProblem {
  readonly path: JsonPath;
  /** Whether the problem is the key itself rather than its value. */
  readonly atKey?: boolean;
  /** A sentence without the location. */
  readonly message: LocalizableText;
  /** Whether the value at the path is missing. */
  readonly isMissing?: true;
  /** Suggested replacement. */
  readonly suggestion?: string;
  /** The full path at which a misplaced key is valid. */
  readonly elsewhere?: string;
}

/** Returns all problems of `value`; empty if it is valid. */
export function problemsOf(schema: z.ZodType, value: unknown): ValueProblem[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => translate(issue, { schema, root: value, prefix: [] }));
}

interface Context {
  readonly schema: z.ZodType;
  readonly root: unknown;
  readonly prefix: JsonPath;
}

function translate(issue: z.core.$ZodIssue, context: Context): ValueProblem[] {
  const path = fullPath(issue, context);
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, path, context);
  if (issue.code === 'invalid_union' && issue.discriminator === undefined)
    return alternatives(issue.errors, path, context);
  if (issue.code === 'invalid_union') return unknownVariant(path, context);
  return [wrongValue(path, context)];
}

function fullPath(issue: z.core.$ZodIssue, { prefix }: Context): JsonPath {
  return [...prefix, ...issue.path.filter((key) => typeof key !== 'symbol')];
}

function wrongValue(path: JsonPath, { schema, root }: Context): ValueProblem {
  const value = valueAt(root, path);
  const schemas = schemasAt(schema, path, root);
  const names = allowedNames(schemas).filter((name) => typeof name === 'string');
  const suggestion = typeof value === 'string' ? nearestName(value, names) : undefined;
  const expected = allowedText(schemas);
  if (value === undefined)
    return {
      path,
      message: localizable('{0} is missing. Expected {1}.', JSON.stringify(path.at(-1) ?? ''), expected),
      isMissing: true,
    };
  return {
    path,
    message: localizable('Expected {0}, found {1}.', expected, describeValue(value)),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/** With a missing or wrong tag, the only other detectable problems are keys that no variant has. */
function unknownVariant(tagPath: JsonPath, context: Context): ValueProblem[] {
  const path = tagPath.slice(0, -1);
  const value = valueAt(context.root, path);
  const known = keysAt(path, context);
  const unknown = isRecord(value) ? Object.keys(value).filter((key) => !known.includes(key)) : [];
  return [wrongValue(tagPath, context), ...unknownKeys(unknown, path, context)];
}

function keysAt(path: JsonPath, { schema, root }: Context): string[] {
  const objects = schemasAt(schema, path, root).filter((candidate) => candidate instanceof z.ZodObject);
  return [...new Set(objects.flatMap((object) => Object.keys(object.shape)))];
}

function unknownKeys(keys: readonly string[], path: JsonPath, context: Context): ValueProblem[] {
  const names = keysAt(path, context);
  return keys.map((key) => {
    const suggestion = nearestName(key, names);
    const elsewhere = suggestion === undefined ? pathOfKey(context.schema, context.root, key) : undefined;
    return {
      path: [...path, key],
      atKey: true,
      message:
        suggestion === undefined && elsewhere === undefined
          ? localizable('Unknown key {0}. Known keys: {1}.', JSON.stringify(key), quoted(names))
          : localizable('Unknown key {0}.', JSON.stringify(key)),
      ...(suggestion === undefined ? {} : { suggestion }),
      ...(elsewhere === undefined ? {} : { elsewhere }),
    };
  });
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}

/** Returns the problems of the one intended alternative, if the type of the value identifies it. */
function alternatives(
  branches: readonly (readonly z.core.$ZodIssue[])[],
  path: JsonPath,
  context: Context,
): ValueProblem[] {
  const ofThisKind = branches.filter(
    (issues) =>
      !issues.some(
        ({ path: inner, code }) =>
          inner.length === 0 && code.startsWith('invalid_') && code !== 'invalid_union',
      ),
  );
  const [meant, ...others] = ofThisKind;
  if (meant === undefined) return [wrongValue(path, context)];
  const inner = { ...context, prefix: path };
  if (others.length === 0) return meant.flatMap((issue) => translate(issue, inner));
  const nowhere = ofThisKind.map(unknownIn).reduce((a, b) => a.filter((key) => b.includes(key)));
  return nowhere.length > 0 ? unknownKeys(nowhere, path, context) : [wrongValue(path, context)];
}

function unknownIn(issues: readonly z.core.$ZodIssue[]): string[] {
  return issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []));
}

/** Description of a number too large to represent, which parses as infinity; the source text is more useful. */
export const TOO_LARGE = localizable('a number too large to represent');

/** Formats a value as in a file, truncated. */
export function describeValue(value: unknown): string | LocalizableText {
  if (value === undefined) return localizable('nothing');
  if (typeof value === 'number' && !Number.isFinite(value)) return TOO_LARGE;
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
