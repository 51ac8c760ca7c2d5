/** The JSON schemas of experiment files, made from the same zod schema that validates them. */
import * as z from 'zod';
import { editorSchema } from './editor-schema';
import { experimentInput } from './schema';
import { explanationsIn, type JsonSchema } from './schema-nodes';
import { schemaTranslations } from './schema-translations';

/** For every tool that takes draft 7: what a person may write, strictly. */
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

/** What listed values mean, under the keywords that editors know. */
function sayInStandardKeywords(schema: JsonSchema): void {
  const meanings = explanationsIn(schema).map(({ title, description }) =>
    title === undefined ? description : `${title}. ${description}`,
  );
  delete schema.explained;
  if (meanings.length === 0) return;
  if (schema.const === undefined) schema.enumDescriptions = meanings;
  else schema.description = meanings.join(' ');
}

/** The files in the repository, with their texts. package.nls*.json names the one for the editor's language. */
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

function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
