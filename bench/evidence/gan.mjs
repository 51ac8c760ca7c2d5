// Helpers of the evidence scripts: run the built command in a temporary folder and read what it wrote.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const GAN = join(root, 'dist', 'gan.cjs');
export const example = (name) => join(root, 'examples', `${name}.gan.json`);
export const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'gan-evidence-'));

/** Runs `gan … --json` to its end and returns the objects that it printed. */
export function gan(...args) {
  return objectsOf(args, [0]);
}

/** Same as `gan`, for training that may end in NaN, in some cases deliberately. */
export function ganThatMayFail(...args) {
  return objectsOf(args, [0, 1]);
}

function objectsOf(args, statuses) {
  const result = spawnSync(process.execPath, [GAN, ...args, '--json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (!statuses.includes(result.status))
    throw new Error(`gan ${args.join(' ')} ended with ${result.status}: ${result.stderr}`);
  return result.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

export const runFolder = (objects) => objects.find(({ type }) => type === 'run').folder;

/** Starts `gan … --json`; `onObject` is called with each object and the child. Resolves with its exit code or signal. */
export function start(args, onObject) {
  const child = spawn(process.execPath, [GAN, ...args, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let rest = '';
  child.stdout.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) onObject(JSON.parse(line), child);
  });
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
}

/** Reads the named tensors of a safetensors file as Float32Arrays. */
export function tensors(file) {
  const bytes = readFileSync(file);
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const { __metadata__: _, ...entries } = JSON.parse(bytes.subarray(8, 8 + headerLength).toString('utf8'));
  return Object.fromEntries(
    Object.entries(entries).map(
      ([
        name,
        {
          data_offsets: [from, to],
        },
      ]) => [
        name,
        new Float32Array(
          bytes.buffer.slice(
            bytes.byteOffset + 8 + headerLength + from,
            bytes.byteOffset + 8 + headerLength + to,
          ),
        ),
      ],
    ),
  );
}

export const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

export const metrics = (folder) =>
  readFileSync(join(folder, 'metrics.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

export const newest = (folder, kind) => {
  const names = readdirSync(join(folder, kind)).filter((name) => name.endsWith('.safetensors'));
  return join(folder, kind, names.sort().at(-1));
};
