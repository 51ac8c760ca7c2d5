/** Turns what zod says about a value into problems that a person can act on: what was found, and what is allowed. */
import { z } from 'zod';
import type { JsonPath } from './json-path';
import { isRecord, valueAt } from './json-path';
import { nearestName } from './nearest';

export interface ValueProblem {
  readonly path: JsonPath;
  /** Whether the key itself, not its value, is the problem. */
  readonly atKey?: boolean;
  readonly found: string;
  readonly allowed: string;
  readonly suggestion?: string;
}

/** Every problem of `value`; empty if it fits. */
export function problemsOf(schema: z.ZodType, value: unknown): ValueProblem[] {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => translate(issue, { schema, root: value, prefix: [] }));
}

interface Context {
  readonly schema: z.ZodType;
  readonly root: unknown;
  readonly prefix: JsonPath;
}

function translate(issue: z.core.$ZodIssue, context: Context): ValueProblem[] {
  const path = [...context.prefix, ...issue.path.filter((key) => typeof key !== 'symbol')];
  const value = valueAt(context.root, path);
  const found = describeValue(value);
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(issue.keys, path, context);
    case 'invalid_union':
      return alternatives(issue, path, context);
    case 'invalid_value':
      return [oneOf(path, value, issue.values.map(String))];
    case 'invalid_type':
      return [{ path, found, allowed: kindName(issue.expected) }];
    case 'too_small':
      return [
        {
          path,
          found,
          allowed: bound(issue.inclusive === false ? 'more than' : 'at least', issue.minimum, issue.origin),
        },
      ];
    case 'too_big':
      return [
        {
          path,
          found,
          allowed: bound(issue.inclusive === false ? 'less than' : 'at most', issue.maximum, issue.origin),
        },
      ];
    default:
      return [{ path, found, allowed: issue.message.replace(/\.$/, '') }];
  }
}

function unknownKeys(keys: readonly string[], path: JsonPath, { schema, root }: Context): ValueProblem[] {
  const known = objectsAt(schema, path, root).flatMap((object) => Object.keys(object.shape));
  const names = [...new Set(known)];
  return keys.map((key) => {
    const suggestion = nearestName(key, names);
    return {
      path: [...path, key],
      atKey: true,
      found: 'a key that is not known here',
      allowed: listOf(names),
      ...(suggestion === undefined ? {} : { suggestion }),
    };
  });
}

/** Problems of the alternative that was meant: by its tag, or by the kind of value. */
function alternatives(issue: z.core.$ZodIssueInvalidUnion, path: JsonPath, context: Context): ValueProblem[] {
  const value = valueAt(context.root, path);
  const tag = issue.discriminator;
  if (tag !== undefined) {
    // The path ends with the tag where that has a wrong value, and at the object where it is missing.
    const atTag = path.at(-1) === tag && !isRecord(value);
    const objectPath = atTag ? path.slice(0, -1) : path;
    const names = objectsAt(context.schema, objectPath, context.root).flatMap((object) => {
      const field = object.shape[tag];
      return field instanceof z.ZodLiteral ? [String(field.value)] : [];
    });
    const parent = valueAt(context.root, objectPath);
    if (!isRecord(parent))
      return [{ path: objectPath, found: describeValue(parent), allowed: kindName('object') }];
    return [oneOf([...objectPath, tag], valueAt(parent, [tag]), names)];
  }
  // Registered parts can be named or written out: a text was meant as the name, an object as the part.
  const meant = issue.errors.at(isRecord(value) ? -1 : 0) ?? [];
  return meant.flatMap((inner) => translate(inner, { ...context, prefix: path }));
}

function oneOf(path: JsonPath, value: unknown, names: readonly string[]): ValueProblem {
  const suggestion = typeof value === 'string' ? nearestName(value, names) : undefined;
  return {
    path,
    found: describeValue(value),
    allowed: listOf(names),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

function bound(comparison: string, limit: number | bigint, origin: string): string {
  const unit = { string: ' characters', array: ' entries' }[origin] ?? '';
  return `${comparison} ${limit}${unit}`;
}

const KIND_NAMES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text in double quotes',
  boolean: 'true or false',
  object: 'an object {…}',
  array: 'a list […]',
};

function kindName(kind: string): string {
  return KIND_NAMES[kind] ?? kind;
}

function listOf(names: readonly string[]): string {
  return names.map((name) => (/^(true|false|-?\d+(\.\d+)?)$/.test(name) ? name : `"${name}"`)).join(', ');
}

/** A value as it stands in a file, shortened. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'a number too large to represent';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** The object schemas that can stand at a path, following the alternatives that the values chose. */
function objectsAt(schema: z.ZodType, path: JsonPath, root: unknown): z.ZodObject[] {
  let candidates = unwrap(schema, root);
  path.forEach((key, depth) => {
    const inner = valueAt(root, path.slice(0, depth + 1));
    candidates = candidates.flatMap((candidate) => {
      if (candidate instanceof z.ZodObject) {
        const field = candidate.shape[String(key)];
        return field === undefined ? [] : unwrap(field, inner);
      }
      return candidate instanceof z.ZodArray ? unwrap(candidate.element, inner) : [];
    });
  });
  return candidates.filter((candidate) => candidate instanceof z.ZodObject);
}

/** Looks through optional values and into alternatives: the chosen one, or all of them if none is. */
function unwrap(schema: z.core.$ZodType, value: unknown): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return unwrap(schema.unwrap(), value);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const options: readonly z.core.$ZodType[] = schema.options;
    const chosen = options.filter((option) => option instanceof z.ZodObject && isChosen(option, value));
    return chosen.length > 0 ? chosen : [...options];
  }
  if (schema instanceof z.ZodUnion) {
    const options: readonly z.core.$ZodType[] = schema.options;
    return options.flatMap((option) => unwrap(option, value));
  }
  return [schema];
}

function isChosen(option: z.ZodObject, value: unknown): boolean {
  return Object.entries(option.shape).some(
    ([key, field]) => field instanceof z.ZodLiteral && field.value === valueAt(value, [key]),
  );
}
