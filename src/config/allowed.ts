/** Says in words what a schema allows, for messages: `a whole number from 1 to 100`, `"onnx" or "auto"`. */
import * as z from 'zod';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What any of the schemas allows, joined by "or". */
export function allowedText(schemas: readonly z.core.$ZodType[]): string {
  const described = schemas.map((schema) => z.toJSONSchema(schema, { io: 'input' }));
  const kinds = described.filter((schema) => choicesOf(schema).length === 0).map(kindOf);
  return joined([...allowedNames(schemas).map((name) => JSON.stringify(name)), ...kinds]);
}

/** The values that the schemas list one by one. */
export function allowedNames(schemas: readonly z.core.$ZodType[]): (string | number | boolean)[] {
  return schemas.flatMap((schema) => choicesOf(z.toJSONSchema(schema, { io: 'input' })));
}

function choicesOf(schema: JsonSchema): (string | number | boolean)[] {
  const values = schema.const === undefined ? (schema.enum ?? []) : [schema.const];
  return values.filter((value) => value !== null);
}

function kindOf(schema: JsonSchema): string {
  switch (schema.type) {
    case 'integer':
      return `a whole number${range(schema)}`;
    case 'number':
      return `a number${range(schema)}`;
    case 'string':
      return (schema.minLength ?? 0) > 0 ? 'text in double quotes, not empty' : 'text in double quotes';
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list […]${entries(schema)}`;
    case 'object':
      return objectText(schema);
    default:
      return 'another value';
  }
}

function range({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: JsonSchema): string {
  const low =
    exclusiveMinimum !== undefined
      ? `above ${exclusiveMinimum}`
      : minimum === undefined || minimum === Number.MIN_SAFE_INTEGER
        ? ''
        : `of at least ${minimum}`;
  const high =
    exclusiveMaximum !== undefined
      ? `below ${exclusiveMaximum}`
      : maximum === undefined || maximum === Number.MAX_SAFE_INTEGER
        ? ''
        : `at most ${maximum}`;
  if (low.startsWith('of') && high.startsWith('at')) return ` from ${minimum} to ${maximum}`;
  const both = [low, high].filter((part) => part !== '').join(' and ');
  return both === '' ? '' : ` ${both}`;
}

function entries({ minItems, maxItems }: JsonSchema): string {
  if (minItems !== undefined && maxItems !== undefined) return ` of ${minItems} to ${maxItems} entries`;
  return maxItems === undefined ? '' : ` of at most ${maxItems} entries`;
}

/** Names the key that tells alternatives apart, or else the required ones. */
function objectText({ properties = {}, required = [] }: JsonSchema): string {
  const tag = required.find((key) => {
    const property = properties[key];
    return typeof property === 'object' && property.const !== undefined;
  });
  const keys = tag === undefined ? required : [tag];
  return keys.length === 0 ? 'an object {…}' : `an object with ${joined(keys.map((key) => `"${key}"`))}`;
}

function joined(texts: readonly string[]): string {
  const distinct = [...new Set(texts)];
  const last = distinct.pop() ?? '';
  return distinct.length === 0 ? last : `${distinct.join(', ')} or ${last}`;
}
