// What options of ONNX Runtime's sessions do to a training step: each variant in a process of its own, interleaved, with
// as many threads as there are cores; medians over the rounds.
//   node bench/evidence/session-options.mjs [rounds]
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { loadSource } from '../../scripts/load-source.mjs';
import { example } from './gan.mjs';

const ROUND = '--one';
const WARM_UP = 3;
/** Added to the session's own settings, so that an empty value stands for the product's. */
const VARIANTS = {
  'as in the product': {},
  'threads spin on after a run': { force_spinning_stop: '0' },
  'threads never spin': { intra_op: { allow_spinning: '0' } },
  'denormals as zero': { set_denormal_as_zero: '1' },
  'dynamic blocks of 4': { dynamic_block_base: '4' },
};
const STEPS = { 'toy-ring': 500, 'digits-dcgan': 40, 'faces-dcgan-64': 8 };

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

if (process.argv[2] === ROUND) {
  console.log(JSON.stringify(await measured(process.argv[3], process.argv[4])));
} else {
  const rounds = Number(process.argv[2] ?? 3);
  console.log(`${availableParallelism()} threads; milliseconds a step, and of processor time`);
  console.log('| network | session | step | processor |');
  console.log('|---|---|---:|---:|');
  for (const network of Object.keys(STEPS)) {
    const results = Object.fromEntries(Object.keys(VARIANTS).map((name) => [name, []]));
    for (let round = 0; round < rounds; round++)
      for (const name of Object.keys(VARIANTS)) results[name].push(inProcess(network, name));
    for (const [name, measurements] of Object.entries(results)) {
      const of = (key) => median(measurements.map((measurement) => measurement[key])).toFixed(1);
      console.log(`| \`${network}\` | ${name} | ${of('stepMs')} | ${of('processorMs')} |`);
    }
  }
}

function inProcess(network, variant) {
  const args = [fileURLToPath(import.meta.url), ROUND, network, variant];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

async function measured(network, variant) {
  const {
    declaredShape,
    float32,
    gameTask,
    loadNativeRuntime,
    OnnxEngine,
    onnxLowering,
    parseExperiment,
    Random,
  } = await loadSource(
    `export { declaredShape } from './src/session/dataset';
       export { float32 } from './src/shared/host-tensor';
       export { gameTask } from './src/session/task';
       export { loadNativeRuntime } from './src/engine/onnx/native-runtime';
       export { OnnxEngine } from './src/engine/onnx/onnx-engine';
       export { onnxLowering } from './src/engine/onnx/lowering';
       export { parseExperiment } from './src/config/load';
       export { Random } from './src/random/random';`,
  );
  const runtime = await loadNativeRuntime();
  const create = (model, options) =>
    runtime.InferenceSession.create(model, {
      ...options,
      extra: { session: { ...options.extra?.session, ...VARIANTS[variant] } },
    });
  const engine = new OnnxEngine(
    { InferenceSession: { create }, Tensor: runtime.Tensor },
    { name: 'onnx', version: 'measured', threads: availableParallelism() },
    { lowering: onnxLowering },
  );
  const file = example(network);
  const config = parseExperiment(readFileSync(file, 'utf8'), file);
  const shape = declaredShape(config);
  const task = gameTask(config, { ...shape, classes: 0 });
  engine.write(task.initialState(1));
  await task.prepare(engine);
  const random = Random.seeded(1, 'session options');
  const { example: of } = shape;
  const extents = of.kind === 'image' ? [of.height, of.width, of.channels] : [2];
  const extent = [task.batchSize, ...extents];
  const size = extent.reduce((product, length) => product * length);
  const batches = Array.from({ length: task.batchesPerStep }, () => ({
    examples: float32(extent, random.fillUniform(new Float32Array(size), -1, 1)),
  }));
  const times = [];
  let before;
  for (let step = 1; step <= WARM_UP + STEPS[network]; step++) {
    if (step === WARM_UP + 1) before = process.cpuUsage();
    const start = performance.now();
    await task.trainStep(engine, { step, batches, random });
    if (step > WARM_UP) times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  await engine.dispose();
  return { stepMs: median(times), processorMs: (user + system) / 1000 / times.length };
}
