// Lets scripts call the product's TypeScript: bundles it with the product's options and imports the result.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { nodeBundle } from './bundle-options.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Returns the exports of a module.
 * @param {string} contents its TypeScript, as if it were a file in the root of the repository
 * @param {import('esbuild').BuildOptions} options added to those of the product
 */
export async function loadSource(contents, options = {}) {
  // Goes into dist, where the product finds its package.json, its assets and the unbundled packages.
  const folder = join(root, 'dist');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `source-${process.pid}-${Date.now()}.cjs`);
  await build({
    ...nodeBundle(options),
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile,
    logLevel: 'error',
  });
  try {
    return (await import(pathToFileURL(outfile).href)).default;
  } finally {
    rmSync(outfile);
  }
}
