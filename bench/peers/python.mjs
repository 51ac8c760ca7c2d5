// Virtual environments of Python with packages from PyPI, in the cache folder.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/** The Python of a virtual environment with these packages, created on first use; packages that it lacks are added. */
export function pythonWith(name, ...requirements) {
  const folder = join(cache, 'peers', name);
  const python = join(folder, 'bin', 'python');
  const list = join(folder, 'installed');
  if (!existsSync(list)) outputOf('python3', ['-m', 'venv', '--clear', folder]);
  // The list was empty once, for the first of the packages.
  const [first = requirements[0], ...others] = existsSync(list)
    ? readFileSync(list, 'utf8').split('\n').filter(Boolean)
    : [''];
  const present = new Set([first, ...others]);
  const missing = requirements.filter((requirement) => !present.has(requirement));
  if (missing.length > 0) {
    console.error(`Installing ${missing.join(' ')} into ${folder}`);
    outputOf(python, ['-m', 'pip', 'install', '--quiet', '--retries', '1', ...missing], {
      timeout: INSTALL_MS,
    });
  }
  writeFileSync(list, [...present, ...missing].filter(Boolean).join('\n'));
  return python;
}

/** What the scripts of docs/export.md need for each of the libraries, created on first use. */
export function exportReaders() {
  return {
    onnxruntime: pythonWith('onnxruntime', 'onnxruntime', 'pillow'),
    tensorflow: tensorFlowOfPython().python,
    pytorch: pythonWith('pytorch', 'torch', 'numpy', 'safetensors', 'pillow'),
  };
}

/** TensorFlow and Keras for Python; the folder of TensorFlow also has the C library. */
export function tensorFlowOfPython() {
  const python = pythonWith('tensorflow', 'tensorflow-cpu', 'pillow');
  const lib = join(python, '..', '..', 'lib');
  const [version] = readdirSync(lib).filter((entry) => entry.startsWith('python3'));
  return { python, folder: join(lib, version, 'site-packages', 'tensorflow') };
}
