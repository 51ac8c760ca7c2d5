// The esbuild options of all code that runs in Node.js, in one place: for the product, for scripts that call the
// product's code, and for tests that start it as a child process.

/** Packages with native code or data files next to their code, which cannot be bundled. */
const UNBUNDLED = ['koffi', 'onnxruntime-node', 'onnxruntime-web', 'sharp'];

export const SHEBANG = '#!/usr/bin/env node\n';

// esbuild leaves `import.meta` empty in CommonJS, but some libraries use it to locate themselves.
const IMPORT_META_URL = "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;";

/** Options of a CommonJS bundle for Node.js and VS Code's extension host; `options` extend or override them. */
export function nodeBundle(options = {}) {
  return {
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // tfjs ships its gradients as ES modules only, and two copies of its core would not share their registries.
    mainFields: ['module', 'main'],
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: IMPORT_META_URL },
    external: ['vscode', ...UNBUNDLED],
    ...options,
  };
}

/** Same as `nodeBundle`, for a file that is executed as a command. */
export function commandBundle(options = {}) {
  return nodeBundle({ banner: { js: SHEBANG + IMPORT_META_URL }, ...options });
}
