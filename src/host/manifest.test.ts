import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../shared/package-root';
import { manifestFiles } from './manifest';

it.each(Object.entries(manifestFiles()))(
  '%s offers the commands and pages of the table; `npm run manifest` writes it',
  (name, text) => {
    expect(readFileSync(join(packageRoot(), name), 'utf8')).toBe(text);
  },
);
