// Builds every bundle into dist/.   node esbuild.mjs [--production] [--watch]
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** CommonJS for Node.js and the extension host; what cannot be bundled stays a package beside it. */
const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  // tfjs-core keeps its gradients in ES modules only; two copies of it would not know each other.
  mainFields: ['module', 'main'],
  external: ['vscode', 'onnxruntime-node', 'onnxruntime-web', 'sharp'],
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

const targets = [
  {
    entryPoints: { gan: 'src/cli/main.ts' },
    options: { ...node, banner: { js: `#!/usr/bin/env node\n${node.banner.js}` } },
  },
  { entryPoints: { extension: 'src/extension.ts' }, options: node },
  { entryPoints: { worker: 'src/worker/main.ts' }, options: node },
];

if (!watch) rmSync('dist', { recursive: true, force: true });
mkdirSync('dist', { recursive: true });
for (const { entryPoints, options } of targets) {
  if (!Object.values(entryPoints).every((file) => existsSync(file))) continue;
  const build = await context({
    ...options,
    entryPoints,
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
  });
  if (watch) await build.watch();
  else {
    await build.rebuild();
    await build.dispose();
  }
}
if (existsSync('dist/gan.cjs')) chmodSync('dist/gan.cjs', 0o755);
