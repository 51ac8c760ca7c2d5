// What a step of R3GAN with R1 and R2 costs with its grouped convolutions computed in several ways, each in a process of
// its own, interleaved, on one thread: medians over the rounds of its processor time, which other work disturbs least.
//   node bench/evidence/grouped.mjs [rounds]
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadSource } from '../../scripts/load-source.mjs';

const ROUND = '--one';
const WARM_UP = 1;
const STEPS = 4;
/** A number stands for the channels that are convolved together at most, in place of the product's. */
const VARIANTS = {
  'one for each group of 16': 16,
  'up to 32 channels together': 32,
  'up to 64 channels together': 64,
  'up to 128 channels together': 128,
  'one with a block-diagonal kernel': 1e9,
  'matrix products over gathered patches': 'gathered-groups.ts',
};
const NETWORKS = {
  '32 to 96': { channels: [32, 64, 96], batchSize: 16 },
  '64 to 192': { channels: [64, 128, 192], batchSize: 4 },
};

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

if (process.argv[2] === ROUND) {
  console.log(JSON.stringify(await measured(process.argv[3], process.argv[4])));
} else {
  const rounds = Number(process.argv[2] ?? 3);
  console.log('| channels | batch | grouped convolutions | compile, s | step, ms | memory, MB |');
  console.log('|---|---:|---|---:|---:|---:|');
  for (const network of Object.keys(NETWORKS)) {
    const results = Object.fromEntries(Object.keys(VARIANTS).map((name) => [name, []]));
    for (let round = 0; round < rounds; round++)
      for (const name of Object.keys(VARIANTS)) results[name].push(inProcess(network, name));
    for (const [name, measurements] of Object.entries(results)) {
      const of = (key, digits) => median(measurements.map((one) => one[key])).toFixed(digits);
      console.log(
        `| ${network} | ${NETWORKS[network].batchSize} | ${name} | ${of('compileS', 1)} | ${of('stepMs', 0)} | ${of('memoryMb', 0)} |`,
      );
    }
  }
}

function inProcess(network, variant) {
  const args = [fileURLToPath(import.meta.url), ROUND, network, variant];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Puts a variant in the place of the product's way. */
function swapped(variant) {
  const contents = (path) =>
    typeof variant === 'number'
      ? readFileSync(path, 'utf8').replace(/MAX_CHANNELS = \d+/, `MAX_CHANNELS = ${variant}`)
      : readFileSync(new URL(variant, import.meta.url), 'utf8').replace('../../src/nn/layers/', './');
  return {
    name: 'variant',
    setup: (build) =>
      build.onLoad({ filter: /convolve-groups\.ts$/ }, ({ path }) => ({
        contents: contents(path),
        loader: 'ts',
      })),
  };
}

async function measured(network, variant) {
  const { declaredShape, float32, gameTask, openNativeEngine, parseExperiment, Random } = await loadSource(
    `export { declaredShape } from './src/session/dataset';
     export { float32 } from './src/shared/host-tensor';
     export { gameTask } from './src/session/task';
     export { openNativeEngine } from './src/engine/onnx/open-native';
     export { parseExperiment } from './src/config/load';
     export { Random } from './src/random/random';`,
    { plugins: [swapped(VARIANTS[variant])] },
  );
  const { channels, batchSize } = NETWORKS[network];
  const experiment = {
    data: { source: 'digits', batchSize },
    latent: { size: 64 },
    generator: { network: 'r3gan', channels: channels.toReversed() },
    discriminator: { network: 'r3gan', channels },
    objective: 'relativistic-pairing',
    regularisers: ['r1', 'r2'],
  };
  const config = parseExperiment(JSON.stringify(experiment), 'grouped.gan.json');
  const task = gameTask(config, declaredShape(config));
  const engine = await openNativeEngine(1);
  engine.write(task.initialState(1));
  const compileS = (await processorMs(() => task.prepare(engine))) / 1000;
  const random = Random.seeded(1, 'grouped convolution');
  const shape = [batchSize, 28, 28, 1];
  const size = shape.reduce((product, extent) => product * extent);
  const examples = float32(shape, random.fillUniform(new Float32Array(size), -1, 1));
  const times = [];
  for (let step = 1; step <= WARM_UP + STEPS; step++) {
    const time = await processorMs(() => task.trainStep(engine, { step, batches: [{ examples }], random }));
    if (step > WARM_UP) times.push(time);
  }
  await engine.dispose();
  return { compileS, stepMs: median(times), memoryMb: process.resourceUsage().maxRSS / 1000 };
}

async function processorMs(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
