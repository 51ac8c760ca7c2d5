// Where a training step on the graphics card goes, by operator: `node dist/profile.cjs MODEL BATCH`. run.sh starts it.
// The runtime's profile has the time that each node takes the CPU, and that of its kernels on the card if that is told.
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchmarkCases } from '../../src/benchmark/cases';
import { loadNativeRuntime } from '../../src/engine/onnx/native-runtime';
import { onnxWebGpu } from '../../src/engine/webgpu/webgpu';
import { GanTask } from '../../src/gan/gan-task';
import { dcganDiscriminator, dcganGenerator } from '../../src/gan/networks/dcgan';
import { plainGan } from '../../src/gan/plain-gan';
import { Random } from '../../src/random/random';
import { float32, sizeOf } from '../../src/shared/host-tensor';

const WARM_UP = 2;
const STEPS = 5;
const [model, batch] = [process.argv[2], Number(process.argv[3])];
const folder = mkdtempSync(join(tmpdir(), 'gan-profile-'));

/** A network of eight channels, for a trial. */
function tiny() {
  const example = { kind: 'image', height: 8, width: 8, channels: 1 };
  const context = { example, latentSize: 8 };
  const options = { channels: [8, 8], kernelSize: 4 };
  return plainGan(8, {
    example,
    batchSize: batch,
    generator: dcganGenerator.build(dcganGenerator.options.parse(options), context),
    discriminator: dcganDiscriminator.build(dcganDiscriminator.options.parse(options), context),
  });
}

const settings =
  model === 'dcgan-8' ? tiny() : benchmarkCases(batch).find((one) => one.model === model).settings;
/** Milliseconds of each step after the first ones. */
async function stepTimes() {
  const engine = await onnxWebGpu.open(1);
  const task = new GanTask(settings);
  engine.write(task.initialState(1));
  await task.prepare(engine);
  const { height, width, channels } = settings.example;
  const shape = [batch, height, width, channels];
  const random = Random.seeded(1, 'profile');
  const real = float32(shape, random.fillUniform(new Float32Array(sizeOf(shape)), -1, 1));
  const times = [];
  for (let step = 1; step <= WARM_UP + STEPS; step++) {
    const start = performance.now();
    await task.trainStep(engine, { step, batches: [{ examples: real }], random });
    times.push(performance.now() - start);
  }
  await engine.dispose();
  return times.slice(WARM_UP);
}

function table(title, events, nameOf) {
  const rows = new Map();
  for (const event of events) {
    const name = nameOf(event);
    const [count, total] = rows.get(name) ?? [0, 0];
    rows.set(name, [count + 1, total + event.dur / 1000]);
  }
  const steps = WARM_UP + STEPS;
  console.log(`${title}: ${events.length} events`);
  for (const [name, [count, total]] of [...rows].sort((a, b) => b[1][1] - a[1][1]).slice(0, 30))
    console.log(
      `  ${(total / steps).toFixed(3).padStart(9)} ms  ${(count / steps).toFixed(0).padStart(5)} times  ${name}`,
    );
}

const printed = (times) => `${times.map((ms) => ms.toFixed(2)).join(' ')} ms`;

async function main() {
  const { InferenceSession } = await loadNativeRuntime();
  const create = InferenceSession.create.bind(InferenceSession);
  console.log(`${model}, batch ${batch}: ${printed(await stepTimes())}`);
  const profiled = { enableProfiling: true, profileFilePrefix: join(folder, 'profile') };
  InferenceSession.create = (bytes, options) => create(bytes, { ...options, ...profiled });
  console.log(`with the profiler on: ${printed(await stepTimes())}`);
  const events = readdirSync(folder)
    .flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
    .filter(({ dur }) => dur !== undefined);
  console.log(`kinds of events: ${[...new Set(events.map(({ cat }) => cat))].join(', ')}`);
  table(
    'Nodes, time on the CPU per step (shaders are compiled in the first)',
    events.filter(({ cat, name }) => cat === 'Node' && name.endsWith('_kernel_time')),
    ({ args }) => args.op_name,
  );
  table(
    'Kernels on the card, per step',
    events.filter(({ cat }) => cat === 'Kernel' || cat === 'Api'),
    ({ name }) => name.split('&').at(-1),
  );
}

void main();
