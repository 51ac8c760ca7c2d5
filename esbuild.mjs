// The one build: an entry for each place in which our code runs. `node esbuild.mjs` fills dist/ for development,
// with `--watch` again whenever a source changes, with `--production` minified and without source maps;
// scripts/package.mjs calls `build` for what ships.
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle, context } from 'esbuild';
import { commandBundle, nodeBundle, SHEBANG } from './scripts/bundle-options.mjs';
import { reportRebuilds } from './scripts/report-rebuilds.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));

/** KaTeX lists each font in three formats; every browser of a webview takes the first. */
const firstFormatOfFonts = {
  name: 'first-format-of-fonts',
  setup({ onResolve }) {
    onResolve({ filter: /KaTeX_[\w-]+\.(?:woff|ttf)$/ }, ({ path }) => ({ path, external: true }));
  },
};

const browser = {
  bundle: true,
  platform: 'browser',
  target: 'chrome128',
  format: 'esm',
  loader: { '.ttf': 'file', '.woff2': 'file' },
  plugins: [firstFormatOfFonts],
};

/** A folder of `webview` with a `main.ts` is a page. */
function pageNames() {
  return readdirSync(join(root, 'webview')).filter((name) =>
    existsSync(join(root, 'webview', name, 'main.ts')),
  );
}

const productEntries = [
  { source: 'src/extension.ts', output: 'extension.cjs', options: nodeBundle() },
  { source: 'src/worker/main.ts', output: 'worker.cjs', options: nodeBundle() },
  { source: 'src/worker/dataset-main.ts', output: 'dataset.cjs', options: nodeBundle() },
  { source: 'src/worker/step-time-main.ts', output: 'step-time.cjs', options: nodeBundle() },
  { source: 'src/worker/explorer-main.ts', output: 'explorer.cjs', options: nodeBundle() },
  {
    source: 'src/host/config-editing/experiment-service.ts',
    output: 'experiment-service.cjs',
    options: nodeBundle(),
  },
  { source: 'src/host/agent/agent-service.ts', output: 'agent-service.cjs', options: nodeBundle() },
  { source: 'src/cli/main.ts', output: 'gan.cjs', options: commandBundle() },
  ...pageNames().map((name) => ({
    source: `webview/${name}/main.ts`,
    output: `webview/${name}.js`,
    options: browser,
  })),
  { source: 'webview/shared/codicons.css', output: 'webview/codicons.css', options: browser },
];

/** What drives VS Code in tests runs from the source tree, with its packages in node_modules. */
const driver = {
  bundle: true,
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
      options: nodeBundle({ packages: 'external' }),
    })),
  ];
}

/** A file that begins with `#!` can be executed. */
const executable = {
  name: 'executable',
  setup({ initialOptions, onEnd }) {
    const { banner, outfile } = initialOptions;
    if (!banner?.js?.startsWith(SHEBANG)) return;
    onEnd(({ errors }) => {
      if (errors.length === 0) chmodSync(outfile, 0o755);
    });
  },
};

/** @returns {import('esbuild').BuildOptions & { plugins: import('esbuild').Plugin[] }} */
function bundleOptions({ source, output, options }, { outdir, production }) {
  return {
    ...options,
    absWorkingDir: root,
    entryPoints: [source],
    outfile: join(outdir, output),
    minify: production,
    sourcemap: production ? false : 'linked',
    logLevel: 'warning',
    plugins: [executable, ...(options.plugins ?? [])],
  };
}

/**
 * Bundles the product into a folder.
 * @param {{ outdir: string, production: boolean, tests?: boolean }} options
 */
export async function build({ outdir, production, tests = false }) {
  const entries = [...productEntries, ...(tests ? testEntries() : [])];
  await Promise.all(entries.map((entry) => bundle(bundleOptions(entry, { outdir, production }))));
}

/** Bundles the product into a folder for development, and each bundle again when one of its sources changes. */
async function watch(outdir) {
  const report = reportRebuilds();
  const contexts = await Promise.all(
    productEntries.map((entry) => {
      const { plugins, ...options } = bundleOptions(entry, { outdir, production: false });
      return context({ ...options, logLevel: 'silent', plugins: [...plugins, report] });
    }),
  );
  await Promise.all(contexts.map((each) => each.watch()));
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  const outdir = join(root, 'dist');
  const production = process.argv.includes('--production');
  if (process.argv.includes('--watch')) await watch(outdir);
  else await build({ outdir, production, tests: !production });
}
