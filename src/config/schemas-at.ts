/** Finds the schemas that apply at a path of a config, and the paths at which a key is valid. */
import * as z from 'zod';
import type { JsonPath } from './json-path';
import { isRecord, pathText, valueAt } from './json-path';
import { nearestName } from './nearest';

/** Returns the schemas that apply to the value at a path, following the alternatives that the values select. */
export function schemasAt(schema: z.ZodType, path: JsonPath, root: unknown): z.core.$ZodType[] {
  let candidates = unwrap(schema, root);
  path.forEach((key, depth) => {
    const inner = valueAt(root, path.slice(0, depth + 1));
    candidates = candidates.flatMap((candidate) => {
      if (candidate instanceof z.ZodObject) {
        const field = candidate.shape[String(key)];
        return field === undefined ? [] : unwrap(field, inner);
      }
      if (candidate instanceof z.ZodRecord) return unwrap(candidate.valueType, inner);
      return candidate instanceof z.ZodArray ? unwrap(candidate.element, inner) : [];
    });
  });
  return candidates;
}

/** Unwraps optional values and alternatives: returns the selected alternative, or all if none is. */
function unwrap(schema: z.core.$ZodType, value: unknown): z.core.$ZodType[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  )
    return unwrap(schema.unwrap(), value);
  if (schema instanceof z.ZodPipe) return unwrap(schema.in, value);
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
  return (
    isRecord(value) &&
    Object.entries(option.shape).some(([key, field]) => {
      const isLeftOut = field instanceof z.ZodOptional && value[key] === undefined;
      const tag = field instanceof z.ZodOptional ? field.unwrap() : field;
      return tag instanceof z.ZodLiteral && (isLeftOut || tag.values.has(String(value[key])));
    })
  );
}

/**
 * Returns the dotted path at which a misplaced key is valid, e.g. "logging.checkpointEvery": the one nearest to the
 * root where there are several, that of the nearest name where none matches exactly. Entries of lists are left out,
 * since the intended one is unknown.
 */
export function pathOfKey(schema: z.ZodType, root: unknown, key: string): string | undefined {
  const paths = keyPaths(unwrap(schema, root), root, []).sort((a, b) => a.length - b.length);
  const names = paths.map((path) => String(path.at(-1)));
  const nearest = nearestName(key, names);
  const path = nearest === undefined ? undefined : paths[names.indexOf(nearest)];
  return path === undefined ? undefined : pathText(path);
}

function keyPaths(schemas: readonly z.core.$ZodType[], value: unknown, path: JsonPath): JsonPath[] {
  return schemas.flatMap((schema) => {
    if (!(schema instanceof z.ZodObject)) return [];
    return Object.entries(schema.shape).flatMap(([key, field]) => {
      const inner = valueAt(value, [key]);
      const here = [...path, key];
      return [here, ...keyPaths(unwrap(field, inner), inner, here)];
    });
  });
}
