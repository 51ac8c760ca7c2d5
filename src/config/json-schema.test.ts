import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../shared/package-root';
import { editorSchema } from './editor-schema';
import { experimentJsonSchema, schemaFiles } from './json-schema';
import { schemaTranslations } from './schema-translations';

it.each(Object.entries(schemaFiles()))(
  '%s is what the config says; `npm run schema` writes it',
  (name, text) => {
    expect(readFileSync(join(packageRoot(), name), 'utf8')).toBe(text);
  },
);

describe('what the editor says of experiments', () => {
  const texts = new Set<string>();
  editorSchema((text) => {
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

function translationsIn(file: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(packageRoot(), 'l10n', file), 'utf8'));
}

it('describes every key', () => {
  const schema: unknown = experimentJsonSchema();
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
