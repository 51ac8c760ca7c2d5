// `npm run package`: builds one VSIX for each platform with a native runtime, and a universal one that uses
// WebAssembly, into dist/. `npm run package -- linux-x64` builds only that one. Each is assembled in a separate staging
// folder, so that only the files named here ship, and not whatever happens to be in the source tree.
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { build } from '../esbuild.mjs';
import { packageFolder } from './native-packages.mjs';
import { packagedReadme } from './packaged-readme.mjs';
import { runtimeFiles, WASM_RUNTIME } from './runtime-files.mjs';
import { shippedFiles } from './shipped-files.mjs';
import { TARGETS, vsixPath } from './targets.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const staging = join(root, 'dist', 'package');
const MEGABYTE = 1e6;
/** Their links are changed for VS Code. */
const READMES = ['README.md', 'README.zh-cn.md'];

/** The image decoder: its code, its dependencies, and its native part for each platform. */
const DECODER = ['sharp', '@img/colour', 'detect-libc', 'semver'];
const WASM_DECODER = ['@img/sharp-wasm32', '@img/sharp-wasm32/node_modules/@emnapi/runtime', 'tslib'];

/** What ships whole: on Windows, libvips is part of the decoder; koffi calls the TensorFlow library that is installed. */
function wholePackages(target) {
  if (target === 'universal') return [...DECODER, ...WASM_DECODER];
  const native = [`@img/sharp-${target}`, `@koromix/koffi-${target}`];
  if (!target.startsWith('win32')) native.push(`@img/sharp-libvips-${target}`);
  return [...DECODER, ...native];
}

/**
 * The npm package contains the dylib twice; the binding loads it by its other name. The runtime's GPU libraries on
 * Windows are loaded only for a GPU execution provider (DirectML.dll is a delay-loaded import of onnxruntime.dll, the
 * other two are looked up by name); the engine `onnx-webgpu` says that it cannot be used without them. None of our native
 * packages for Linux works with musl, for which koffi has a second library.
 */
const NOT_SHIPPED = [
  /\.d\.[cm]?ts$/,
  /\.map$/,
  /[\\/]sharp[\\/](?:src|install)$/,
  /[\\/]glib-2\.0$/,
  /libonnxruntime\.\d+\.\d+\.\d+\.dylib$/,
  /[\\/]musl_\w+$/,
  /[\\/](?:DirectML|dxcompiler|dxil)\.dll$/,
];

function copy(from, to) {
  cpSync(from, to, { recursive: true, filter: (path) => !NOT_SHIPPED.some((pattern) => pattern.test(path)) });
}

/** Only the fields that VS Code reads: the bundles contain the dependencies, and nothing runs npm on the extension. */
function manifest() {
  const { dependencies, devDependencies, scripts, bin, ...shipped } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return shipped;
}

/** Stages the contents of one package. Unbundled packages go next to the bundles, where Node.js resolves them. */
async function stage(target, product, runtime) {
  const folder = join(staging, target);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest(), undefined, 2));
  // Excludes nothing: everything in this folder ships.
  writeFileSync(join(folder, '.vscodeignore'), '');
  for (const name of READMES)
    writeFileSync(join(folder, name), packagedReadme(readFileSync(join(root, name), 'utf8')));
  for (const path of await shippedFiles(root)) cpSync(join(root, path), join(folder, path));
  copy(product, join(folder, 'dist'));
  for (const path of [...runtimeFiles(runtime), ...WASM_RUNTIME]) {
    copy(join(modules, path), join(folder, 'dist', 'node_modules', path));
  }
  for (const name of wholePackages(target))
    copy(await packageFolder(`node_modules/${name}`), join(folder, 'dist', 'node_modules', name));
  return folder;
}

async function makePackage(target, product) {
  const { runtime, limitMegabytes } = TARGETS[target];
  const packagePath = join(root, vsixPath(target, manifest().version));
  await createVSIX({
    cwd: await stage(target, product, runtime),
    packagePath,
    ...(runtime === undefined ? {} : { target }),
    dependencies: false,
    rewriteRelativeLinks: false,
  });
  const megabytes = statSync(packagePath).size / MEGABYTE;
  console.log(`${relative(root, packagePath)}: ${megabytes.toFixed(1)} MB`);
  if (megabytes > limitMegabytes) {
    throw new Error(`${packagePath} is larger than ${limitMegabytes} MB: see what it holds in ${staging}.`);
  }
}

const chosen = process.argv.slice(2);
const unknown = chosen.find((target) => !(target in TARGETS));
if (unknown !== undefined) {
  console.error(`There is no package for ${unknown}; there are ${Object.keys(TARGETS).join(', ')}.`);
  process.exit(2);
}
rmSync(staging, { recursive: true, force: true });
const product = join(staging, 'product');
await build({ outdir: product, production: true });
for (const target of chosen.length > 0 ? chosen : Object.keys(TARGETS)) await makePackage(target, product);
