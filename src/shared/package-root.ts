/** Finds the product's root folder, whether it runs from source, from the bundle or from an installed package. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE_NAME = 'gan-workbench';

let found: string | undefined;

/** The folder with this product's package.json, which also contains `assets` and `schemas`. */
export function packageRoot(): string {
  if (found !== undefined) return found;
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && nameIn(manifest) === PACKAGE_NAME) {
      found = folder;
      return folder;
    }
    if (dirname(folder) === folder)
      throw new Error(`no package.json of ${PACKAGE_NAME} in ${start} or any folder above it`);
  }
}

/** Version in package.json. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  return property(manifest, 'version') ?? 'unknown';
}

function nameIn(manifest: string): string | undefined {
  return property(JSON.parse(readFileSync(manifest, 'utf8')), 'name');
}

function property(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof found === 'string' ? found : undefined;
}
