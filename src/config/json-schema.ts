/** JSON schemas of the files that users write, generated from the zod schemas that validate them. */
import * as z from 'zod';
import { editorSchema } from './editor-schema';
import { experimentInput } from './schema';
import { explanationsIn, type JsonSchema } from './schema-nodes';
import { schemaTranslations } from './schema-translations';

/** A kind of file that users write. */
export interface FileFormat {
  /** Begins the names of its schema files. */
  readonly name: string;
  readonly title: string;
  readonly schema: z.ZodType;
}

export const EXPERIMENT_FORMAT: FileFormat = {
  name: 'gan-experiment',
  title: 'GAN Workbench experiment',
  schema: experimentInput,
};

/** Strict draft-7 schema of the input format, for any tool. */
export function strictSchema({ title, schema }: FileFormat): object {
  return {
    ...z.toJSONSchema(schema, {
      target: 'draft-7',
      io: 'input',
      override: ({ jsonSchema }) => sayInStandardKeywords(jsonSchema),
    }),
    title,
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
 * Generates the schema files of a format, by path. package.nls*.json selects the one for the editor's language.
 */
export function schemaFilesOf(format: FileFormat): Readonly<Record<string, string>> {
  const { name, schema } = format;
  const translated = Object.entries(schemaTranslations).map(([language, translations]) => [
    `schemas/${name}.editor.${language}.json`,
    jsonText(editorSchema(schema, (text) => translations.get(text) ?? text)),
  ]);
  return {
    [`schemas/${name}.schema.json`]: jsonText(strictSchema(format)),
    [`schemas/${name}.editor.json`]: jsonText(editorSchema(schema, (text) => text)),
    ...Object.fromEntries(translated),
  };
}

/** Texts of the editor's schemas that have no translation, by the file where they belong. */
export function untranslatedTexts(
  formats: readonly FileFormat[],
): Readonly<Record<string, readonly string[]>> {
  const texts = new Set<string>();
  for (const { schema } of formats)
    editorSchema(schema, (text) => {
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
