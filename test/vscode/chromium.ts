/** Finds the browser that shows the workbench, and installs Debian's package if permitted. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isRootOnDebian, run } from './processes';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function onPath(name: string): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

function find(): string | undefined {
  const named = process.env.CHROMIUM_EXECUTABLE;
  if (named !== undefined) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_EXECUTABLE is ${named}, which does not exist.`);
    return named;
  }
  return NAMES.map(onPath).find((file) => file !== undefined);
}

/**
 * Installs Debian packages. `needed` states the purpose, in the message for users who have to install them themselves.
 */
function installDebianPackages(packages: readonly string[], needed: string): void {
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (!isRootOnDebian()) throw new Error(`${needed} Install it, on Debian with: sudo ${command}`);
  const lock = ['-o', 'DPkg::Lock::Timeout=300'];
  run('apt-get', [...lock, 'update', '-qq']);
  run('apt-get', [...lock, 'install', '-y', '-qq', '--no-install-recommends', ...packages]);
}

/**
 * Returns the path of a Chromium or Chrome. Throws with the command to run if there is none and none may be installed.
 */
export function installChromium(): string {
  const found = find();
  if (found !== undefined) return found;
  installDebianPackages(
    ['chromium'],
    'The VS Code tests need Chromium or Chrome (or CHROMIUM_EXECUTABLE naming one).',
  );
  const installed = find();
  if (installed === undefined) throw new Error('apt-get installed chromium, but there is no such command.');
  return installed;
}

/** Installs the compiler that two native modules of code-server need, if it is missing. */
export function installBuildTools(): void {
  const missing = ['python3', 'make', 'g++'].filter((tool) => spawnSync(tool, ['--version']).status !== 0);
  if (missing.length > 0) {
    installDebianPackages(missing, `The VS Code tests need ${missing.join(', ')} to build native modules.`);
  }
}
