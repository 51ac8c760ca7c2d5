// Installs the dependencies where they are missing or older than the lock file, so that a fresh clone needs no
// step before `npm run demo` or `npm test`. Plain Node.js: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const LOWEST_NODE = [20, 19];

/** Runs a program in the clone and ends this one with its status if it fails. */
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
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = join(root, 'node_modules', '.installed-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing dependencies …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lock);
}

/** Dependencies, then the bundles in dist/. */
export function ensureBuilt() {
  ensureInstalled();
  run(process.execPath, ['esbuild.mjs']);
}
