// Virtual environments of Python with packages from PyPI, in the cache folder.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const cache = process.env.GAN_WORKBENCH_CACHE ?? join(homedir(), '.cache', 'gan-workbench');

/** Downloads of hundreds of megabytes end after this long, whatever is wrong with the network. */
const INSTALL_MS = 10 * 60_000;

/** Standard output of a command that succeeds. */
export function outputOf(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26, ...options });
  if (result.error) throw result.error;
  if (result.status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${result.status}:\n${result.stderr}`);
  return result.stdout;
}

/** The Python of a virtual environment with this package, created on first use. */
export function pythonWith(name, requirement) {
  const folder = join(cache, 'peers', name);
  const python = join(folder, 'bin', 'python');
  if (!existsSync(join(folder, 'installed'))) {
    console.error(`Installing ${requirement} into ${folder}`);
    outputOf('python3', ['-m', 'venv', '--clear', folder]);
    outputOf(python, ['-m', 'pip', 'install', '--quiet', '--retries', '1', requirement], {
      timeout: INSTALL_MS,
    });
    outputOf(python, ['-c', `open(${JSON.stringify(join(folder, 'installed'))}, 'w')`]);
  }
  return python;
}

/** TensorFlow for Python, whose folder also has the C library. */
export function tensorFlowOfPython() {
  const python = pythonWith('tensorflow', 'tensorflow-cpu');
  const lib = join(python, '..', '..', 'lib');
  const [version] = readdirSync(lib).filter((entry) => entry.startsWith('python3'));
  return { python, folder: join(lib, version, 'site-packages', 'tensorflow') };
}
