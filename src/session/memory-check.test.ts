import { expect, it, vi } from 'vitest';
import { configOf, shapeOfData } from '../../test/support/experiment-training';
import { openForTest, presentEngines } from '../../test/support/present-engines';
import { onnxLowering } from '../engine/onnx/lowering';
import { Tracer } from '../engine/trace/tracer';
import { checkMemory, MemoryError } from './memory-check';
import { gameTask } from './task';

const MEGABYTE = 1e6;
const engine = new Tracer(onnxLowering);
const folder = { source: 'folder', folder: '.', imageSize: 16, batchSize: 2 };
const small = { network: 'dcgan', channels: [4], kernelSize: 3 };
const pairs = { source: 'pairs', folder: '.', imageSize: 16, batchSize: 1, use: 'unpaired', targets: '..' };

function taskOf(experiment: object): ReturnType<typeof gameTask> {
  const config = configOf(experiment);
  return gameTask(config, shapeOfData(config));
}

/** The least that a check accepts, to a tenth of a megabyte. */
function bytesNeeded(check: (available: number) => unknown): number {
  let [least, most] = [0, 1e9];
  while (most - least > MEGABYTE / 10) {
    const middle = (least + most) / 2;
    try {
      check(middle);
      most = middle;
    } catch {
      least = middle;
    }
  }
  return most;
}

it.each([
  ['latent.size', { data: folder, generator: small, discriminator: small, latent: { size: 65_536 } }],
  ['latent.size', { data: { source: 'digits' }, model: 'dcgan', latent: { size: 1024 } }],
  ['generator', { data: { source: 'digits' }, model: 'dcgan' }],
  [
    'generator',
    {
      data: folder,
      generator: { network: 'mlp', hidden: [2048, 1536] },
      discriminator: small,
      latent: { size: 600 },
    },
  ],
  ['generator', { data: folder, generator: { ...small, channels: [2048] }, discriminator: small }],
  ['discriminator', { data: folder, generator: small, discriminator: { ...small, channels: [512, 512] } }],
  ['data.batchSize', { data: { ...folder, batchSize: 2048 }, generator: small, discriminator: small }],
])('names %s where it takes more memory than there is', (setting, experiment) => {
  const check = () => checkMemory(taskOf(experiment), engine, 20 * MEGABYTE);
  expect(check).toThrow(MemoryError);
  expect(check).toThrow(`but only 0.0 GB are available. The setting "${setting}" takes the most.`);
});

it.each([
  ['a GAN', { data: folder, generator: small, discriminator: small }],
  [
    'a translation',
    {
      data: pairs,
      generator: { network: 'resnet-translate', channels: 4, blocks: 1 },
      discriminator: { network: 'patchgan', channels: 4, layers: 1 },
    },
  ],
])('lets %s train that fits', (_, experiment) => {
  expect(() => checkMemory(taskOf(experiment), engine, 20 * MEGABYTE)).not.toThrow();
});

it('refuses digits with a latent of 65,536 values where 24 GB are available', () => {
  const experiment = { data: { source: 'digits' }, model: 'dcgan', latent: { size: 65_536 } };
  const check = () => checkMemory(taskOf(experiment), engine, 24e9);
  expect(check).toThrow(/needs about 2\d\.\d GB of memory, but only 24\.0 GB are available\./);
  expect(check).toThrow('The setting "latent.size" takes the most.');
});

it('compares with the memory of the card, where that is known', () => {
  const experiment = { data: folder, generator: small, discriminator: { ...small, channels: [512, 512] } };
  const onCard = (freeBytes: number | undefined) => ({
    peakBytes: engine.peakBytes.bind(engine),
    freeBytes: () => freeBytes,
  });
  const check = (freeBytes: number | undefined, mainBytes: number) => () =>
    checkMemory(taskOf(experiment), onCard(freeBytes), mainBytes);
  expect(check(20 * MEGABYTE, 1e9)).toThrow(
    'of memory on the graphics card, but only 0.0 GB are free there. The setting "discriminator" takes the most.',
  );
  expect(check(1e9, 20 * MEGABYTE)).not.toThrow();
  expect(check(undefined, 20 * MEGABYTE)).toThrow('but only 0.0 GB are available.');
});

it('counts what the runtime keeps for each program of a step', () => {
  const experiment = { data: folder, generator: small, discriminator: small };
  const neededBy = (regularisers: readonly object[]): number => {
    const task = taskOf({ ...experiment, regularisers });
    return bytesNeeded((available) => checkMemory(task, engine, available));
  };
  const [always, lazily] = [neededBy([{ name: 'r1' }]), neededBy([{ name: 'r1', every: 2 }])];
  expect(lazily).toBeGreaterThan(1.3 * always);
});

it('allocates nothing for an estimate beyond any memory', () => {
  const experiment = { data: folder, generator: small, discriminator: small, latent: { size: 65_536 } };
  const task = taskOf({ ...experiment, generator: { ...small, channels: [4096, 4096] } });
  expect(() => checkMemory(task, engine, 16e9)).toThrow(
    /needs about \d+\.\d GB of memory, but only 16\.0 GB/,
  );
});

it.each(presentEngines)('traces no program a second time to compile it on $name', async (definition) => {
  const regularisers = [{ name: 'r1', every: 2 }];
  const task = taskOf({ data: folder, generator: small, discriminator: small, regularisers });
  const builds = task.trainingPrograms().map((program) => vi.spyOn(program, 'build'));
  expect(builds).toHaveLength(2);
  const compiling = await openForTest(definition);
  checkMemory(task, compiling, 20 * MEGABYTE);
  compiling.write(task.initialState(1));
  for (const program of task.trainingPrograms()) await compiling.compile(program);
  for (const build of builds) expect(build).toHaveBeenCalledTimes(1);
});
