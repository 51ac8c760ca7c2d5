/**
 * The schema that VS Code uses for completions and hovers in experiments: it offers what the strict schema allows and
 * never reports errors, since the extension's own diagnostics validate experiments with knowledge of the parts.
 *
 * To stay silent it has no `required`, no `additionalProperties` and no types; alternatives are in `allOf`, enumerated
 * values in an `anyOf` together with a schema that accepts anything, and the options of a part behind an `if` on its
 * name.
 */
import * as z from 'zod';
import type { Explained } from '../shared/choice';
import type { Translate } from '../shared/translations';
import { explainedAtLength, hoverText } from './schema-markdown';
import { alternativesOf, explanationsIn, isSchema, type JsonSchema } from './schema-nodes';

/**
 * @param format schema of the files
 * @param translate translates user-visible texts
 */
export function editorSchema(format: z.ZodType, translate: Translate): object {
  const { $schema, ...schema } = z.toJSONSchema(format, { target: 'draft-7', io: 'input' });
  return {
    $schema,
    ...lenient(schema, translate),
    allowComments: true,
    allowTrailingCommas: true,
  };
}

function lenient(schema: JsonSchema, translate: Translate): object {
  const alternatives = alternativesOf(schema);
  const objects = alternatives.filter(({ properties }) => properties !== undefined);
  const list = alternatives.find(({ items }) => isSchema(items));
  const listed = alternatives.flatMap(valuesOf);
  const markdownDescription = hoverText(schema, alternatives, translate);
  return {
    ...(markdownDescription === '' ? {} : { markdownDescription }),
    ...offered(schema, objects, listed),
    ...(objects.length === 0 ? {} : ofObjects(objects, translate)),
    ...ofEntries(alternatives, translate),
    ...(list !== undefined && isSchema(list.items) ? { items: lenient(list.items, translate) } : {}),
    ...ofListed(listed, alternatives.flatMap(explanationsIn), translate),
  };
}

/** Objects with keys of the user's own. */
function ofEntries(alternatives: readonly JsonSchema[], translate: Translate): object {
  const entries = alternatives.map(({ additionalProperties }) => additionalProperties).find(isSchema);
  return entries === undefined ? {} : { additionalProperties: lenient(entries, translate) };
}

type Value = string | number | boolean;

function valuesOf({ const: only, enum: several, type }: JsonSchema): Value[] {
  const values = only === undefined ? (several ?? (type === 'boolean' ? [true, false] : [])) : [only];
  return values.filter((value) => value !== null);
}

/** Text inserted with a key, and completions offered in addition to the enumerated values. */
function offered(
  schema: JsonSchema,
  objects: readonly JsonSchema[],
  listed: readonly Value[],
): Record<string, unknown> {
  const { default: fallback, type, items } = schema;
  const isEmpty = typeof fallback === 'object' && fallback !== null && Object.keys(fallback).length === 0;
  const snippets = objects.length === 0 ? [] : [{ label: '{…}', body: beginning(objects) }];
  if (listed.length > 0 || (fallback !== undefined && !isEmpty && snippets.length > 0))
    return {
      ...(fallback === undefined || isEmpty ? {} : { default: fallback }),
      ...(listed.length === 0 ? {} : { examples: listed }),
      ...(snippets.length === 0 ? {} : { defaultSnippets: snippets }),
    };
  if (snippets.length > 0) return { defaultSnippets: snippets };
  if (fallback !== undefined) return { default: fallback };
  if (items !== undefined) return {};
  return {
    defaultSnippets: [{ label: type === 'string' ? '"…"' : '…', body: type === 'string' ? '$1' : '^$1' }],
  };
}

/** Snippet for an object with its discriminating key; text after `^` is inserted verbatim. */
function beginning(objects: readonly JsonSchema[]): object | string {
  const tag = tagOf(objects);
  const isNeeded = tag !== undefined && objects.every(({ required = [] }) => required.includes(tag));
  return isNeeded ? { [tag]: '$1' } : '^{$1}';
}

/** Returns the key whose value discriminates between the objects. */
function tagOf(objects: readonly JsonSchema[]): string | undefined {
  const [first] = objects;
  return Object.keys(first?.properties ?? {}).find((key) =>
    objects.every(({ properties }) => {
      const property = properties?.[key];
      return isSchema(property) && typeof property.const === 'string';
    }),
  );
}

function ofObjects(objects: readonly JsonSchema[], translate: Translate): object {
  const tag = tagOf(objects);
  if (tag === undefined)
    return { properties: Object.assign({}, ...objects.map((one) => inner(one, translate))) };
  const tags = objects.map(({ properties }) => properties?.[tag]).filter(isSchema);
  return {
    properties: { [tag]: lenient({ anyOf: tags }, translate) },
    allOf: objects.map((object) => ({
      if: chosenBy(tag, object),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON schema
      then: { properties: inner(object, translate, tag) },
    })),
  };
}

function chosenBy(tag: string, { properties, required = [] }: JsonSchema): object {
  const property = properties?.[tag];
  return {
    properties: { [tag]: { const: isSchema(property) ? property.const : undefined, doNotSuggest: true } },
    ...(required.includes(tag) ? { required: [tag] } : {}),
  };
}

function inner(
  { properties = {} }: JsonSchema,
  translate: Translate,
  except?: string,
): Record<string, object> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([key, property]) =>
      key !== except && isSchema(property) ? [[key, lenient(property, translate)]] : [],
    ),
  );
}

function ofListed(
  listed: readonly Value[],
  explanations: readonly Explained[],
  translate: Translate,
): object {
  if (explanations.length === 0) return {};
  const meanings = listed.map((value) => {
    const explanation = explanations.find((one) => one.value === value);
    return explanation === undefined ? '' : explainedAtLength(explanation, translate);
  });
  return { anyOf: [{ enum: listed, markdownEnumDescriptions: meanings }, {}] };
}
