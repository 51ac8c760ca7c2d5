// Times the benchmark's training steps here, in PyTorch and in TensorFlow, interleaved: `node bench/peers/compare.mjs
// [rounds]` after `npm run build`, on an idle machine (three rounds by default; about 15 minutes on two cores). The first
// call installs the newest versions from PyPI into virtual environments in the cache folder (5 GB). Each measurement is a
// process of its own; the table has medians over the rounds, for each system at its best setting.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const gan = fileURLToPath(new URL('../../dist/gan.cjs', import.meta.url));
const cache = process.env.GAN_WORKBENCH_CACHE ?? join(homedir(), '.cache', 'gan-workbench');
const rounds = Number(process.argv[2] ?? 3);
const CASES = [
  { model: 'dcgan-textbook', batch: 64, steps: 30 },
  { model: 'dcgan-textbook', batch: 128, steps: 15 },
  { model: 'dcgan-64', batch: 64, steps: 6 },
];

function run(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (result.status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${result.status}:\n${result.stderr}`);
  return result.stdout;
}

/** The Python of a virtual environment with this package, created on first use. */
function pythonWith(name, requirement) {
  const folder = join(cache, 'peers', name);
  const python = join(folder, 'bin', 'python');
  if (!existsSync(join(folder, 'installed'))) {
    console.error(`Installing ${requirement} into ${folder}`);
    run('python3', ['-m', 'venv', '--clear', folder]);
    run(python, ['-m', 'pip', 'install', '--quiet', requirement]);
    run(python, ['-c', `open(${JSON.stringify(join(folder, 'installed'))}, 'w')`]);
  }
  return python;
}

const lastLine = (text) => JSON.parse(text.trim().split('\n').at(-1));

function optionsOf({ model, batch }, threads) {
  return ['--model', model, '--batch', String(batch), '--threads', String(threads)];
}

function peer(name, python, script, extra = []) {
  return {
    name,
    measure: (one, threads) =>
      lastLine(
        run(python, [join(here, script), ...optionsOf(one, threads), '--steps', String(one.steps), ...extra]),
      ),
  };
}

const torch = pythonWith('pytorch', 'torch');
const systems = [
  {
    name: 'onnx',
    measure: (one, threads) =>
      lastLine(
        run(process.execPath, [gan, 'bench', '--json', '--engine', 'onnx', ...optionsOf(one, threads)]),
      ),
  },
  peer('PyTorch', torch, 'pytorch.py'),
  peer('PyTorch, channels_last', torch, 'pytorch.py', ['--channels-last']),
  peer('TensorFlow, tf.function', pythonWith('tensorflow', 'tensorflow-cpu'), 'tensorflow_step.py'),
];
const threadCounts = [...new Set([1, availableParallelism()])];

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const versions = {};

/** Median milliseconds of a step, by system and number of threads. */
function measureCase(one) {
  const times = new Map();
  for (let round = 0; round < rounds; round++)
    for (const threads of threadCounts)
      for (const { name, measure } of systems) {
        const { stepMs, version } = measure(one, threads);
        versions[name] = version;
        const key = `${name}|${threads}`;
        times.set(key, [...(times.get(key) ?? []), stepMs]);
      }
  return new Map([...times].map(([key, values]) => [key, median(values)]));
}

console.log(
  `| model | batch | system | ${threadCounts.map((count) => `${count} threads, ms`).join(' | ')} | to ours |`,
);
console.log(`|---|---:|---|${threadCounts.map(() => '---:|').join('')}---:|`);
for (const one of CASES) {
  const measured = measureCase(one);
  const best = (name) => Math.min(...threadCounts.map((threads) => measured.get(`${name}|${threads}`)));
  for (const { name } of systems) {
    const cells = threadCounts.map((threads) => measured.get(`${name}|${threads}`).toFixed(1));
    const ratio = (best(name) / best('onnx')).toFixed(2);
    console.log(`| \`${one.model}\` | ${one.batch} | ${name} | ${cells.join(' | ')} | ${ratio} |`);
  }
}
console.log(
  Object.entries(versions)
    .map(([name, version]) => `${name}: ${version}`)
    .join('; '),
);
