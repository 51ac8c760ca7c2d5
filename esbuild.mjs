// The one build: an entry for each place in which our code runs. `node esbuild.mjs` fills dist/ for development,
// with `--production` minified and without source maps; scripts/package.mjs calls `build` for what ships.
import { chmodSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Native code and files beside the code: packages that cannot be part of a bundle. */
export const UNBUNDLED = ['onnxruntime-node', 'onnxruntime-web', 'sharp'];

const SHEBANG = '#!/usr/bin/env node\n';
// esbuild leaves `import.meta` empty in CommonJS, where some libraries look for their own place.
const IMPORT_META_URL = "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;";

/** @returns {import('esbuild').BuildOptions} Options of a CommonJS bundle for Node.js and VS Code's extension host. */
function node(options = {}) {
  return {
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // tfjs keeps its gradients in ES modules only; two copies of its core would not know each other.
    mainFields: ['module', 'main'],
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: IMPORT_META_URL },
    external: ['vscode', ...UNBUNDLED],
    ...options,
  };
}

const browser = { platform: 'browser', target: 'chrome128', format: 'esm', loader: { '.ttf': 'file' } };

const productEntries = [
  { source: 'src/extension.ts', output: 'extension.cjs', options: node() },
  { source: 'src/worker/main.ts', output: 'worker.cjs', options: node() },
  { source: 'src/worker/dataset-main.ts', output: 'dataset.cjs', options: node() },
  { source: 'src/worker/step-time-main.ts', output: 'step-time.cjs', options: node() },
  { source: 'src/worker/explorer-main.ts', output: 'explorer.cjs', options: node() },
  {
    source: 'src/host/config-editing/experiment-service.ts',
    output: 'experiment-service.cjs',
    options: node(),
  },
  {
    source: 'src/cli/main.ts',
    output: 'gan.cjs',
    options: node({ banner: { js: SHEBANG + IMPORT_META_URL } }),
  },
  {
    source: 'webview/main.ts',
    output: 'webview/main.js',
    options: browser,
  },
  { source: 'webview/dataset/main.ts', output: 'webview/dataset.js', options: browser },
  { source: 'webview/explorer/main.ts', output: 'webview/explorer.js', options: browser },
  { source: 'webview/runs-table/main.ts', output: 'webview/runs-table.js', options: browser },
  { source: 'webview/codicons.css', output: 'webview/codicons.css', options: browser },
];

/** What drives VS Code in tests runs from the source tree, with its packages in node_modules. */
const driver = {
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  banner: { js: SHEBANG },
};

function testEntries() {
  const suite = readdirSync(join(root, 'test/vscode/suite')).filter((name) => name.endsWith('.ts'));
  return [
    { source: 'test/vscode/launcher.ts', output: 'test/launcher.mjs', options: driver },
    { source: 'test/vscode/run.ts', output: 'test/run.mjs', options: driver },
    ...suite.map((name) => ({
      source: `test/vscode/suite/${name}`,
      output: `test/suite/${name.replace(/\.ts$/, '.js')}`,
      options: node({ packages: 'external' }),
    })),
  ];
}

/**
 * Bundles the product into a folder.
 * @param {{ outdir: string, production: boolean, tests?: boolean }} options
 */
export async function build({ outdir, production, tests = false }) {
  const entries = [...productEntries, ...(tests ? testEntries() : [])];
  await Promise.all(
    entries.map(async ({ source, output, options }) => {
      const outfile = join(outdir, output);
      await bundle({
        ...options,
        absWorkingDir: root,
        entryPoints: [source],
        outfile,
        bundle: true,
        minify: production,
        sourcemap: production ? false : 'linked',
        logLevel: 'warning',
      });
      if (options.banner?.js.startsWith(SHEBANG)) chmodSync(outfile, 0o755);
    }),
  );
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  await build({
    outdir: join(root, 'dist'),
    production: process.argv.includes('--production'),
    tests: !process.argv.includes('--production'),
  });
}
