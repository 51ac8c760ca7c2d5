// Trains small networks of every family on the CPU and on the graphics card, and compares what they learned; resumes on the
// graphics card; and tells which engine `auto` takes. run.sh starts it: `node checks.mjs families|resume|auto [--tiny]`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GAN = fileURLToPath(new URL('dist/gan.cjs', import.meta.url));
const TOLERANCE = 1e-3;
/** Rounding can put a value on the other side of the kink of an activation, which one seed in a few does. */
const SEEDS = [1, 2, 3];
const folder = mkdtempSync(join(tmpdir(), 'gan-device-'));

const digits = { source: 'digits', batchSize: 8 };
const shapes = { source: 'shapes', imageSize: 32, count: 40, batchSize: 2 };
const dcgan = { network: 'dcgan', channels: [16, 8], kernelSize: 4 };
const patchgan = { network: 'patchgan', channels: 8, layers: 2 };
const FAMILIES = {
  points: { data: { source: 'points2d', distribution: 'ring' }, model: 'toy2d', regularisers: ['r1'] },
  perceptrons: { data: digits, model: 'gan', objective: 'non-saturating' },
  textbook: { data: digits, model: 'dcgan-textbook' },
  dcgan: { data: digits, generator: dcgan, discriminator: dcgan, ema: { decay: 0.99 } },
  'wgan-gp': {
    data: digits,
    generator: { ...dcgan, kernelSize: 5 },
    discriminator: { ...dcgan, kernelSize: 5 },
    objective: 'wasserstein',
    regularisers: [{ name: 'gradient-penalty', weight: 10 }],
    criticSteps: 2,
  },
  conditional: {
    data: digits,
    generator: dcgan,
    discriminator: dcgan,
    conditioning: { name: 'projection', generator: 'batch-norm' },
  },
  resnet: {
    data: digits,
    generator: { network: 'resnet', channels: [16, 16, 16] },
    discriminator: { network: 'resnet', channels: [16, 16, 16], halvings: 2 },
    objective: 'hinge',
    regularisers: ['spectral-norm'],
  },
  'super-resolution': {
    data: { ...digits, superResolution: 4 },
    generator: { network: 'srresnet', channels: 8, blocks: 2, norm: 'none' },
    discriminator: { network: 'srgan', channels: [8, 16], units: 16, norm: 'none' },
    generatorLosses: [{ name: 'l2', weight: 1 }],
  },
  segmentation: {
    data: shapes,
    generator: { network: 'resnet-translate', channels: 8, blocks: 2, norm: 'batch' },
    discriminator: patchgan,
    generatorLosses: [{ name: 'cross-entropy', weight: 100 }],
  },
  unet: {
    data: { ...shapes, direction: 'labels-to-picture' },
    generator: { network: 'unet', channels: 8, dropout: 0 },
    discriminator: patchgan,
    generatorLosses: [{ name: 'l1', weight: 100 }],
  },
};
/** Those that compile the fewest shaders, for a trial on a driver that computes on the CPU. */
const TINY = ['points', 'dcgan'];

function gan(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [GAN, ...args, '--json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`gan ${args.join(' ')} ended with ${status}: ${stderr.slice(-600)}`);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** The lines that `gan train` prints. */
function linesOf(name, engine, steps, seed = 1) {
  const file = join(folder, `${name}.gan.json`);
  const logging = { sampleEvery: steps, sampleCount: 4, checkpointEvery: steps };
  writeFileSync(file, JSON.stringify({ ...FAMILIES[name], seed, length: { steps }, logging }));
  return gan('train', file, '--engine', engine, '--out', join(folder, `${name}-${engine}-${steps}-${seed}`));
}

/** The folder of the run. */
function train(...options) {
  return linesOf(...options).find(({ type }) => type === 'run').folder;
}

function newestCheckpoint(run) {
  const checkpoints = join(run, 'checkpoints');
  const newest = readdirSync(checkpoints)
    .filter((file) => file.endsWith('.safetensors'))
    .sort()
    .at(-1);
  return readFileSync(join(checkpoints, newest));
}

/** The named tensors of floats of a safetensors file. */
function tensors(bytes) {
  const header = 8 + Number(bytes.readBigUInt64LE(0));
  const entries = Object.entries(JSON.parse(bytes.subarray(8, header).toString('utf8')));
  return new Map(
    entries.flatMap(([name, { dtype, data_offsets: [begin, end] = [] }]) =>
      dtype === 'F32'
        ? [
            [
              name,
              new Float32Array(
                bytes.buffer.slice(bytes.byteOffset + header + begin, bytes.byteOffset + header + end),
              ),
            ],
          ]
        : [],
    ),
  );
}

const squares = (values) => values.reduce((sum, value) => sum + value ** 2, 0);

/** The leaf that differs most, by its Euclidean norm, among those whose gradients are more than rounding. */
function worst(expected, actual) {
  let found = { name: 'none', error: 0 };
  for (const [name, values] of expected) {
    const leaf = name.replace(/^(adam\.mean|adam\.variance|ema)\//, '');
    const variance = expected.get(`adam.variance/${leaf}`);
    if (variance !== undefined && variance.reduce((sum, value) => sum + value, 0) < 1e-12) continue;
    const other = actual.get(name);
    const error = Math.sqrt(squares(values.map((value, i) => value - other[i])) / (squares(values) || 1));
    if (!(error <= found.error)) found = { name, error };
  }
  return found;
}

/** Prints how far five steps of a family are apart, and returns whether they are close for any seed. */
function areClose(name) {
  for (const seed of SEEDS) {
    const start = performance.now();
    const [cpu, card] = ['onnx', 'onnx-webgpu'].map((engine) =>
      tensors(newestCheckpoint(train(name, engine, 5, seed))),
    );
    const { name: leaf, error } = worst(cpu, card);
    const isClose = cpu.size > 0 && error < TOLERANCE;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(
      `${isClose ? '✓' : '✗'} ${name}, seed ${seed}: ${error.toExponential(1)} (${leaf}; ${cpu.size} leaves, ${seconds} s)`,
    );
    if (isClose) return true;
  }
  return false;
}

function families(names) {
  let isFine = true;
  for (const name of names)
    try {
      if (!areClose(name)) isFine = false;
    } catch (error) {
      isFine = false;
      console.log(`✗ ${name}: ${error.message}`);
    }
  return isFine;
}

function resume(names) {
  let isFine = true;
  for (const name of names) {
    const hash = (run) => createHash('sha256').update(newestCheckpoint(run)).digest('hex').slice(0, 16);
    const straight = hash(train(name, 'onnx-webgpu', 6));
    const run = train(name, 'onnx-webgpu', 3);
    gan('resume', run, '--steps', '6');
    const resumed = hash(run);
    isFine &&= straight === resumed;
    console.log(`${straight === resumed ? '✓' : '✗'} ${name}: ${straight} straight, ${resumed} resumed`);
  }
  return isFine;
}

/** Prints which engine trains each network and why; the second time from memory. */
function auto(names) {
  for (const name of [...names, names.at(-1)]) {
    const start = performance.now();
    const remarks = linesOf(name, 'auto', 1).flatMap(({ type, message }) =>
      type === 'remark' ? message : [],
    );
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${name}: ${remarks.join(' ') || 'nothing to choose from'} (${seconds} s)`);
  }
  return true;
}

const [what, tiny] = process.argv.slice(2);
const isTiny = tiny === '--tiny';
const checks = {
  families: () => families(isTiny ? TINY : Object.keys(FAMILIES)),
  resume: () => resume(TINY),
  auto: () => auto(isTiny ? TINY : [...TINY, 'unet', 'textbook']),
};
process.exit(checks[what]() ? 0 : 1);
