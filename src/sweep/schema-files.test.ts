import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editorSchema } from '../config/editor-schema';
import { strictSchema } from '../config/json-schema';
import { schemaTranslations } from '../config/schema-translations';
import { packageRoot } from '../shared/package-root';
import { formats, missingTranslations, schemaFiles } from './schema-files';

it.each(Object.entries(schemaFiles()))(
  '%s is what the schema says; `npm run schema` writes it',
  (name, text) => {
    expect(readFileSync(join(packageRoot(), name), 'utf8')).toBe(text);
  },
);

describe('what the editor says of experiments and sweeps', () => {
  const texts = new Set<string>();
  for (const { schema } of formats)
    editorSchema(schema, (text) => {
      texts.add(text);
      return text;
    });

  it.each(Object.keys(schemaTranslations))('is translated into %s, every text and no other', (language) => {
    const [bundle, own] = ['bundle.l10n', 'schema'].map((name) => translationsIn(`${name}.${language}.json`));
    expect(Object.keys(own ?? {}).sort()).toEqual(
      [...texts].filter((text) => !(text in (bundle ?? {}))).sort(),
    );
  });

  it.each(Object.entries(schemaTranslations))(
    'keeps keys, values and intervals as they are written in %s',
    (_language, translations) => {
      for (const text of texts)
        for (const literal of text.match(/"[^"]+"|`[^`]+`|\[[^\]]*\d[^\])]*[\])]/g) ?? [])
          expect(translations.get(text), text).toContain(literal);
    },
  );
});

it('has every text in every language', () => {
  expect(Object.values(missingTranslations()).flat()).toEqual([]);
});

function translationsIn(file: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(packageRoot(), 'l10n', file), 'utf8'));
}

it.each(formats)('describes every key of a $title', (format) => {
  const schema: unknown = strictSchema(format);
  const undescribed: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'properties' && typeof inner === 'object' && inner !== null)
        for (const [name, property] of Object.entries(inner)) {
          const texts = JSON.stringify(property);
          if (!texts.includes('"description"')) undescribed.push(`${path}.${name}`);
        }
      visit(inner, `${path}.${key}`);
    }
  };
  visit(schema, '');
  expect(undescribed).toEqual([]);
});
