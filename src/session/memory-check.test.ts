import { expect, it, vi } from 'vitest';
import { configOf, shapeOfData } from '../../test/support/experiment-training';
import { openEngine } from '../engine/open-engine';
import { checkMemory, MemoryError } from './memory-check';
import { gameTask } from './task';

const MEGABYTE = 1e6;
const folder = { source: 'folder', folder: '.', imageSize: 16, batchSize: 2 };
const small = { network: 'dcgan', channels: [4], kernelSize: 3 };
const pairs = { source: 'pairs', folder: '.', imageSize: 16, batchSize: 1, use: 'unpaired', targets: '..' };

function taskOf(experiment: object): ReturnType<typeof gameTask> {
  const config = configOf(experiment);
  return gameTask(config, shapeOfData(config));
}

it.each([
  ['latent.size', { data: folder, generator: small, discriminator: small, latent: { size: 65_536 } }],
  ['generator', { data: folder, generator: { ...small, channels: [2048] }, discriminator: small }],
  ['discriminator', { data: folder, generator: small, discriminator: { ...small, channels: [512, 512] } }],
  ['data.batchSize', { data: { ...folder, batchSize: 2048 }, generator: small, discriminator: small }],
])('names %s where it takes more memory than there is', (setting, experiment) => {
  const check = (): void => checkMemory(taskOf(experiment), 20 * MEGABYTE);
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
  expect(() => checkMemory(taskOf(experiment), 20 * MEGABYTE)).not.toThrow();
});

it('allocates nothing for an estimate beyond any memory', () => {
  const experiment = { data: folder, generator: small, discriminator: small, latent: { size: 65_536 } };
  const task = taskOf({ ...experiment, generator: { ...small, channels: [4096, 4096] } });
  expect(() => checkMemory(task, 16e9)).toThrow(/needs about \d+\.\d GB of memory, but only 16\.0 GB/);
});

it('traces no program a second time', async () => {
  const task = taskOf({ data: folder, generator: small, discriminator: small });
  const [program] = task.trainingPrograms();
  if (program === undefined) throw new Error('no program');
  const build = vi.spyOn(program, 'build');
  checkMemory(task, 20 * MEGABYTE);
  const engine = await openEngine('onnx', 1);
  try {
    engine.write(task.initialState(1));
    await engine.compile(program);
    expect(build).toHaveBeenCalledTimes(1);
  } finally {
    await engine.dispose();
  }
});
