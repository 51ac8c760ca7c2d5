import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../shared/package-root';
import { experimentJsonSchema, schemaFiles } from './json-schema';

/** `npm run schema` runs this test with it set, to write the files. */
const WRITE = process.env.WRITE_SCHEMA === '1';

it.each(Object.entries(schemaFiles()))(
  '%s is what the config says; `npm run schema` writes it',
  (name, text) => {
    const file = join(packageRoot(), name);
    if (WRITE) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    expect(readFileSync(file, 'utf8')).toBe(text);
  },
);

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
