/** The JSON schemas of experiment files, generated from the zod schema that validates them. */
import * as z from 'zod';
import { editorSchema } from './editor-schema';
import { experimentInput } from './schema';
import { explanationsIn, type JsonSchema } from './schema-nodes';
import { schemaTranslations } from './schema-translations';

/** Strict draft-7 schema of the input format, for any tool. */
export function experimentJsonSchema(): object {
  return {
    ...z.toJSONSchema(experimentInput, {
      target: 'draft-7',
      io: 'input',
      override: ({ jsonSchema }) => sayInStandardKeywords(jsonSchema),
    }),
    title: 'GAN Workbench experiment',
    allowComments: true,
    allowTrailingCommas: true,
  };
}

/** Moves the meanings of enumerated values to keywords that editors support. */
function sayInStandardKeywords(schema: JsonSchema): void {
  const meanings = explanationsIn(schema).map(({ title, description }) =>
    title === undefined ? description : `${title}. ${description}`,
  );
  delete schema.explained;
  if (meanings.length === 0) return;
  if (schema.const === undefined) schema.enumDescriptions = meanings;
  else schema.description = meanings.join(' ');
}

/**
 * Generates the schema files of the repository, by path. package.nls*.json selects the one for the editor's language.
 */
export function schemaFiles(): Readonly<Record<string, string>> {
  const translated = Object.entries(schemaTranslations).map(([language, translations]) => [
    `schemas/gan-experiment.editor.${language}.json`,
    jsonText(editorSchema((text) => translations.get(text) ?? text)),
  ]);
  return {
    'schemas/gan-experiment.schema.json': jsonText(experimentJsonSchema()),
    'schemas/gan-experiment.editor.json': jsonText(editorSchema((text) => text)),
    ...Object.fromEntries(translated),
  };
}

/** Texts of the editor's schema that have no translation, by the file where it belongs. */
export function untranslatedTexts(): Readonly<Record<string, readonly string[]>> {
  const texts = new Set<string>();
  editorSchema((text) => {
    texts.add(text);
    return text;
  });
  return Object.fromEntries(
    Object.entries(schemaTranslations).map(([language, translations]) => [
      `l10n/schema.${language}.json`,
      [...texts].filter((text) => !translations.has(text)),
    ]),
  );
}

function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
