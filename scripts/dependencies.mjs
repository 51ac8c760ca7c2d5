// Brings node_modules up to package-lock.json when it is not, for scripts that must work on a fresh clone. Only
// Node.js itself may be used here: there may be nothing else yet.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

function lockedPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** The first package of the lock file that is missing or of another version, or undefined. */
function outdatedPackage(root) {
  // npm's own record of what it installed, with one entry for each package as in the lock file.
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return 'node_modules';
  const installed = lockedPackages(record);
  return Object.entries(lockedPackages(join(root, 'package-lock.json'))).find(
    ([path, { version, optional }]) => path !== '' && !optional && installed[path]?.version !== version,
  )?.[0];
}

/** Runs a command with its output shown and ends this process with its status if that is not 0. */
export function runOrExit(command, args, options = {}) {
  const shell = process.platform === 'win32' && command === 'npm';
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', shell, ...options });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

export function installDependencies(root) {
  const outdated = outdatedPackage(root);
  if (outdated === undefined) return;
  console.log(`Installing dependencies (${outdated} is missing or outdated) …`);
  runOrExit('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root });
}
