/** Describes in words what a schema allows, for messages: `an integer from 1 to 100`, `"onnx" or "auto"`. */
import * as z from 'zod';
import { anyOf, formatText, type LocalizableText, localizable } from '../shared/localizable-text';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Describes what any of the schemas allows, joined by "or". */
export function allowedText(schemas: readonly z.core.$ZodType[]): LocalizableText {
  const described = schemas.map((schema) => z.toJSONSchema(schema, { io: 'input' }));
  const names = allowedNames(schemas).map((name) => JSON.stringify(name));
  const kinds = described.filter((schema) => choicesOf(schema).length === 0).map(kindOf);
  return anyOf([...new Set(names), ...withoutRepeats(kinds)]);
}

function withoutRepeats(kinds: readonly LocalizableText[]): LocalizableText[] {
  return [...new Map(kinds.map((kind) => [formatText(kind), kind])).values()];
}

/** Returns the values that the schemas enumerate. */
export function allowedNames(schemas: readonly z.core.$ZodType[]): (string | number | boolean)[] {
  return schemas.flatMap((schema) => choicesOf(z.toJSONSchema(schema, { io: 'input' })));
}

function choicesOf(schema: JsonSchema): (string | number | boolean)[] {
  const values = schema.const === undefined ? (schema.enum ?? []) : [schema.const];
  return values.filter((value) => value !== null);
}

function kindOf(schema: JsonSchema): LocalizableText {
  switch (schema.type) {
    case 'integer':
      return integerIn(schema);
    case 'number':
      return numberIn(schema);
    case 'string':
      return (schema.minLength ?? 0) > 0 ? localizable('a non-empty string') : localizable('a string');
    case 'boolean':
      return anyOf(['true', 'false']);
    case 'array':
      return arrayOf(schema);
    case 'object':
      return objectText(schema);
    default:
      return localizable('another value');
  }
}

function integerIn({ minimum, maximum }: JsonSchema): LocalizableText {
  const low = limit(minimum);
  const high = limit(maximum);
  if (low !== undefined && high !== undefined) return localizable('an integer from {0} to {1}', low, high);
  if (low !== undefined) return localizable('an integer of at least {0}', low);
  return high === undefined ? localizable('an integer') : localizable('an integer of at most {0}', high);
}

function numberIn({ minimum, maximum, ...exclusive }: JsonSchema): LocalizableText {
  const above = asNumber(exclusive.exclusiveMinimum);
  const below = asNumber(exclusive.exclusiveMaximum);
  if (above !== undefined && below !== undefined)
    return localizable('a number greater than {0} and less than {1}', above, below);
  if (above !== undefined && maximum !== undefined)
    return localizable('a number greater than {0} and at most {1}', above, maximum);
  if (above !== undefined) return localizable('a number greater than {0}', above);
  if (minimum !== undefined && below !== undefined)
    return localizable('a number of at least {0} and less than {1}', minimum, below);
  if (minimum !== undefined && maximum !== undefined)
    return localizable('a number from {0} to {1}', minimum, maximum);
  return minimum === undefined ? localizable('a number') : localizable('a number of at least {0}', minimum);
}

/** In older drafts of JSON schema, which are not used here, the bound was a boolean. */
function asNumber(bound: number | boolean | undefined): number | undefined {
  return typeof bound === 'number' ? bound : undefined;
}

/** Integers without an explicit bound have the safe integer range. */
function limit(value: number | undefined): number | undefined {
  return value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER ? undefined : value;
}

function arrayOf({ minItems, maxItems }: JsonSchema): LocalizableText {
  if (minItems !== undefined && maxItems !== undefined)
    return localizable('an array of {0} to {1} items', minItems, maxItems);
  return maxItems === undefined
    ? localizable('an array')
    : localizable('an array of at most {0} items', maxItems);
}

/** Names the discriminating key of the alternatives, or otherwise the first two of the required keys. */
function objectText({ properties = {}, required = [] }: JsonSchema): LocalizableText {
  const tag = required.find((key) => {
    const property = properties[key];
    return typeof property === 'object' && property.const !== undefined;
  });
  const keys = tag === undefined ? required : [tag];
  const [first, second] = keys.map((key) => JSON.stringify(key));
  if (first === undefined) return localizable('an object');
  return second === undefined
    ? localizable('an object with {0}', first)
    : localizable('an object with {0} and {1}', first, second);
}
