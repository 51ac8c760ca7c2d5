/** Nodes of the JSON schemas generated from the config's zod schema. */
import * as z from 'zod';
import type { Explained } from '../shared/choice';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const explanations = z.array(
  z.object({
    value: z.string(),
    title: z.string().exactOptional(),
    description: z.string(),
    paper: z.string().exactOptional(),
    formula: z
      .union([z.string(), z.object({ discriminator: z.string(), generator: z.string() })])
      .exactOptional(),
  }),
);

/** Returns the meanings of a schema's enumerated values, where given. */
export function explanationsIn({ explained }: JsonSchema): readonly Explained[] {
  return explained === undefined ? [] : explanations.parse(explained);
}

/** Returns the alternatives of a schema, with nested unions flattened. */
export function alternativesOf(schema: JsonSchema): JsonSchema[] {
  const inner = schema.anyOf ?? schema.oneOf;
  return inner === undefined ? [schema] : inner.filter(isSchema).flatMap(alternativesOf);
}

/** Returns the meanings of the enumerated values, or of those of an array's items. */
export function explanationsWithin(schema: JsonSchema): readonly Explained[] {
  const items = isSchema(schema.items)
    ? alternativesOf(schema.items).filter(({ const: only }) => only === undefined)
    : [];
  return [...explanationsIn(schema), ...items.flatMap(explanationsIn)];
}
