// What training on a graphics card leaves behind: resident memory and buffers on the device over 1,000 steps of toy-ring
// and of a small DCGAN, with a sample and a checkpoint every 100 steps. On a machine without a card it takes SwiftShader,
// on which the networks have to be tiny; what a step leaves behind does not depend on their size.
//   node bench/evidence/device-leaks.mjs [steps]
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadSource } from '../../scripts/load-source.mjs';

const steps = Number(process.argv[2] ?? 1000);
const EVERY = Math.max(1, Math.floor(steps / 10));

const core = await loadSource(`import './test/support/software-gpu';
export { configOf, shapeOfData, taskOf } from './test/support/experiment-training';
export { noiseData } from './test/support/noise-data';
export { TrainingBatches } from './src/data/training-batches';
export { loadNativeRuntime } from './src/engine/onnx/native-runtime';
export { onnxWebGpu } from './src/engine/webgpu/webgpu';
export { Random } from './src/random/random';`);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

const tiny = { length: { steps }, ema: { decay: 0.99 } };
const experiments = {
  'toy-ring': {
    ...tiny,
    data: { source: 'points2d', distribution: 'ring', batchSize: 16 },
    generator: { network: 'mlp', hidden: [16, 16] },
    discriminator: { network: 'mlp', hidden: [16, 16] },
    regularisers: [{ name: 'r1', every: 4 }],
  },
  DCGAN: {
    ...tiny,
    data: { source: 'folder', folder: '.', imageSize: 8, channels: 1, batchSize: 2 },
    latent: { size: 3 },
    generator: { network: 'dcgan', channels: [4, 3], kernelSize: 3 },
    discriminator: { network: 'dcgan', channels: [3, 4], kernelSize: 3, batchNorm: true },
  },
};

const live = await countBuffers();
for (const [name, experiment] of Object.entries(experiments)) await train(name, experiment);

/** The number of tensors on the device that were returned and not disposed of. */
async function countBuffers() {
  const { InferenceSession, Tensor } = await core.loadNativeRuntime();
  const tensors = new Set();
  const { run } = InferenceSession.prototype;
  InferenceSession.prototype.run = async function (...args) {
    const returned = await run.apply(this, args);
    for (const tensor of Object.values(returned)) if (tensor.location === 'gpu-buffer') tensors.add(tensor);
    return returned;
  };
  const { dispose } = Tensor.prototype;
  Tensor.prototype.dispose = function () {
    tensors.delete(this);
    dispose.call(this);
  };
  return () => tensors.size;
}

async function train(name, experiment) {
  const config = core.configOf(experiment);
  const data = core.noiseData(core.shapeOfData(config), 40);
  const task = core.taskOf(config);
  const engine = await core.onnxWebGpu.open(1);
  engine.write(task.initialState(1));
  await task.prepare(engine);
  const batches = new core.TrainingBatches({ examples: data.train }, { batchSize: task.batchSize, seed: 1 });
  const random = core.Random.seeded(1, 'steps');
  console.log(`\n${name} on ${engine.info.adapter}, ${engine.leafNames().length} leaves`);
  console.log('| step | resident MB | heap MB | buffers on the device | ms a step (CPU) |');
  console.log('|---:|---:|---:|---:|---:|');
  let cpu = process.cpuUsage();
  for (let step = 1; step <= steps; step++) {
    await task.trainStep(engine, { step, batches: [await batches.next()], random });
    engine.mark();
    if (step % EVERY !== 0) continue;
    const { user, system } = process.cpuUsage(cpu);
    await engine.read(engine.leafNames());
    const source = await task.sampleSource(core.Random.seeded(1, 'samples'), 4, async () => data);
    await task.sample(engine, source);
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    const figures = [step, rss / 1e6, heapUsed / 1e6, live(), (user + system) / 1000 / EVERY];
    console.log(`| ${figures.map((value) => Math.round(value * 10) / 10).join(' | ')} |`);
    cpu = process.cpuUsage();
  }
  await engine.dispose();
  console.log(`after closing: ${live()} buffers`);
}
