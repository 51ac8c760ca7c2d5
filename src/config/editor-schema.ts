/**
 * The schema by which VS Code completes and explains experiments: it offers what the strict one allows, and never
 * complains, since our own diagnostics judge an experiment and know its parts better.
 *
 * What keeps it silent: no `required`, no `additionalProperties`, no types; alternatives stand in `allOf`, values that
 * are listed in an `anyOf` beside a schema that admits anything, and the options of a part behind an `if` on its name.
 */
import * as z from 'zod';
import type { Explained } from '../shared/choice';
import { experimentInput } from './schema';
import { explainedAtLength, hoverText, type Translate } from './schema-markdown';
import { alternativesOf, explanationsIn, isSchema, type JsonSchema } from './schema-nodes';

/** @param translate of the texts that people read */
export function editorSchema(translate: Translate): object {
  const { $schema, ...schema } = z.toJSONSchema(experimentInput, { target: 'draft-7', io: 'input' });
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
    ...(list !== undefined && isSchema(list.items) ? { items: lenient(list.items, translate) } : {}),
    ...ofListed(listed, alternatives.flatMap(explanationsIn), translate),
  };
}

type Value = string | number | boolean;

function valuesOf({ const: only, enum: several, type }: JsonSchema): Value[] {
  const values = only === undefined ? (several ?? (type === 'boolean' ? [true, false] : [])) : [only];
  return values.filter((value) => value !== null);
}

/** What is inserted with a key, and what is offered beside the listed values. */
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

/** An object to be filled in, with the key that says which part it is; a text after `^` is inserted as it stands. */
function beginning(objects: readonly JsonSchema[]): object | string {
  const tag = tagOf(objects);
  const isNeeded = tag !== undefined && objects.every(({ required = [] }) => required.includes(tag));
  return isNeeded ? { [tag]: '$1' } : '^{$1}';
}

/** The key whose value tells the objects apart. */
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
