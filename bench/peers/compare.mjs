// Times the benchmark's training steps here, in PyTorch and in TensorFlow, interleaved: `node bench/peers/compare.mjs
// [rounds [name]]` after `npm run build`, on an idle machine (three rounds by default; about 20 minutes on two cores).
// With a name, `onnx` is compared only with the systems that have it in theirs, such as `tensorflow`. With `--cpu`, the
// times are those of the processor on one thread, which mean something on a busy machine too. The first call installs
// the newest versions from PyPI into virtual environments in the cache folder (5 GB). Each measurement is a process of its
// own; the table has medians over the rounds, for each system at its best setting.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outputOf, pythonWith, tensorFlowOfPython } from './python.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const gan = fileURLToPath(new URL('../../dist/gan.cjs', import.meta.url));
const [rounds = '3', named = ''] = process.argv.slice(2).filter((option) => !option.startsWith('--'));
const measuresCpu = process.argv.includes('--cpu');
const CASES = [
  { model: 'dcgan-textbook', batch: 64, steps: 30 },
  { model: 'dcgan-textbook', batch: 128, steps: 15 },
  { model: 'dcgan-64', batch: 64, steps: 6 },
];

const lastLine = (text) => JSON.parse(text.trim().split('\n').at(-1));

function optionsOf({ model, batch }, threads) {
  return ['--model', model, '--batch', String(batch), '--threads', String(threads)];
}

function peer(name, python, script, extra = []) {
  return {
    name,
    measure: (one, threads) =>
      lastLine(
        outputOf(python, [
          join(here, script),
          ...optionsOf(one, threads),
          '--steps',
          String(one.steps),
          ...extra,
        ]),
      ),
  };
}

/** An engine of ours. */
function engine(name) {
  return {
    name,
    measure: (one, threads) =>
      lastLine(
        outputOf(process.execPath, [gan, 'bench', '--json', '--engine', name, ...optionsOf(one, threads)]),
      ),
  };
}

const { python: tensorFlow, folder: tensorFlowLibrary } = tensorFlowOfPython();
process.env.GAN_WORKBENCH_TENSORFLOW = tensorFlowLibrary;
const systems = [
  engine('onnx'),
  engine('tensorflow'),
  peer('TensorFlow, tf.function', tensorFlow, 'tensorflow_step.py'),
  ...('pytorch'.includes(named) ? pyTorch() : []),
].filter(({ name }) => name === 'onnx' || name.toLowerCase().includes(named));

function pyTorch() {
  const python = pythonWith('pytorch', 'torch');
  return [
    peer('PyTorch', python, 'pytorch.py'),
    peer('PyTorch, channels_last', python, 'pytorch.py', ['--channels-last']),
  ];
}
const threadCounts = measuresCpu ? [1] : [...new Set([1, availableParallelism()])];

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const versions = {};

/** Median milliseconds of a step, by system and number of threads. */
function measureCase(one) {
  const times = new Map();
  for (let round = 0; round < Number(rounds); round++)
    for (const threads of threadCounts)
      for (const { name, measure } of systems) {
        const { stepMs, cpuMs, version } = measure(one, threads);
        versions[name] = version;
        const key = `${name}|${threads}`;
        times.set(key, [...(times.get(key) ?? []), measuresCpu ? cpuMs : stepMs]);
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
