// Installs dependencies that are missing or older than the lock file, so that a fresh clone needs no setup before
// `npm run demo` or `npm test`. Plain Node.js: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const LOWEST_NODE = [20, 19];

/** Runs a program in the root of the clone; if it fails, exits with its status. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}

export function ensureInstalled() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < LOWEST_NODE[0] || (major === LOWEST_NODE[0] && minor < LOWEST_NODE[1])) {
    console.error(
      `This is Node.js ${process.versions.node}; GAN Workbench needs ${LOWEST_NODE.join('.')} or newer. Install it from nodejs.org.`,
    );
    process.exit(1);
  }
  const outdated = outdatedPackage();
  if (outdated === undefined) return;
  console.log(`Installing dependencies (${outdated} is missing or outdated) …`);
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** Returns the first package of the lock file that is missing or has a different version, or undefined. */
function outdatedPackage() {
  // npm's record of what it installed; its entries have the format of the lock file's.
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return 'node_modules';
  const packages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const installed = packages(record);
  return Object.entries(packages(join(root, 'package-lock.json'))).find(
    ([path, { version, optional }]) => path !== '' && !optional && installed[path]?.version !== version,
  )?.[0];
}

/** Installs the dependencies, then builds the bundles in dist/. */
export function ensureBuilt() {
  ensureInstalled();
  run(process.execPath, ['esbuild.mjs']);
}
