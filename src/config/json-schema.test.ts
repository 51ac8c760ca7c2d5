import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../shared/package-root';
import { JSON_SCHEMA_FILE, jsonSchemaText } from './json-schema';

/** `npm run schema` runs this test with this set, to write the file. */
const WRITE = process.env.WRITE_SCHEMA === '1';

it('the schema file is what the config says; `npm run schema` writes it', () => {
  const file = join(packageRoot(), JSON_SCHEMA_FILE);
  if (WRITE) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, jsonSchemaText());
  }
  expect(readFileSync(file, 'utf8')).toBe(jsonSchemaText());
});

it('describes every key', () => {
  const schema: unknown = JSON.parse(jsonSchemaText());
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
