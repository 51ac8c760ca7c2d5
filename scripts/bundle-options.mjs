// The esbuild options of everything that runs in Node.js, said once: for the product, for scripts that call the
// product's code, and for tests that start it as a process.

/** Native code and files beside the code: packages that cannot be part of a bundle. */
const UNBUNDLED = ['onnxruntime-node', 'onnxruntime-web', 'sharp'];

export const SHEBANG = '#!/usr/bin/env node\n';

// esbuild leaves `import.meta` empty in CommonJS, where some libraries look for their own place.
const IMPORT_META_URL = "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;";

/** Options of a CommonJS bundle for Node.js and VS Code's extension host; `options` are added, or replace these. */
export function nodeBundle(options = {}) {
  return {
    bundle: true,
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

/** The same of a file that is executed as a command. */
export function commandBundle(options = {}) {
  return nodeBundle({ banner: { js: SHEBANG + IMPORT_META_URL }, ...options });
}
