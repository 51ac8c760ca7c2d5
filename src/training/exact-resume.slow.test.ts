import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepDeviceOpen, openForTest, presentEngines } from '../../test/support/present-engines';
import { linePoints } from '../../test/support/scalar-training';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { checkpointBytes, jobFor, newRun, resume, trainNew } from '../../test/support/training-job';
import type { Examples } from '../data/source';
import { GanTask } from '../gan/gan-task';
import { dcganDiscriminator, dcganGenerator } from '../gan/networks/dcgan';
import { mlpDiscriminator, mlpGenerator } from '../gan/networks/mlp';
import { plainGan } from '../gan/plain-gan';
import { r1 } from '../gan/regularisers/r1';
import type { GanSettings } from '../gan/settings';
import type { Network } from '../nn/scope';
import { Random } from '../random/random';
import { createRun } from '../run-folder/create-run';
import type { ExampleShape } from '../shared/example-shape';
import { stepFileName } from '../shared/run-format';
import { TrainingLoop } from './loop';
import { NonFiniteError } from './non-finite';

const IMAGE: ExampleShape = { kind: 'image', height: 28, width: 28, channels: 1 };
const POINT: ExampleShape = { kind: 'points', dimensions: 2 };

/** Images that differ in every pixel. */
function noiseImages(count: number): Examples {
  return {
    count,
    shape: IMAGE,
    classes: 0,
    read: async (indices, target) => {
      indices.forEach((index, i) => {
        Random.seeded(index, 'image').fillUniform(target.subarray(i * 784, (i + 1) * 784), -1, 1);
      });
    },
    close: async () => undefined,
  };
}

function settingsOf(
  example: ExampleShape,
  networks: { readonly generator: Network; readonly discriminator: Network },
  changes: Partial<GanSettings> = {},
): GanSettings {
  return plainGan(
    8,
    { example, batchSize: 4, ...networks },
    {
      learningRate: { generator: 2e-3, discriminator: 2e-3 },
      averaging: { decay: 0.99, rampUp: 10 },
      ...changes,
    },
  );
}

function points(changes: Partial<GanSettings> = {}): GanSettings {
  const context = { example: POINT, latentSize: 8 };
  return settingsOf(
    POINT,
    {
      generator: mlpGenerator.build(mlpGenerator.options.parse({ hidden: [16, 16] }), context),
      discriminator: mlpDiscriminator.build(mlpDiscriminator.options.parse({ hidden: [16, 16] }), context),
    },
    changes,
  );
}

function images(): GanSettings {
  const context = { example: IMAGE, latentSize: 8 };
  return settingsOf(IMAGE, {
    generator: dcganGenerator.build(
      dcganGenerator.options.parse({ channels: [6, 4], kernelSize: 5 }),
      context,
    ),
    discriminator: dcganDiscriminator.build(
      dcganDiscriminator.options.parse({ channels: [4, 6], kernelSize: 4, batchNorm: true }),
      context,
    ),
  });
}

const LAZY_R1 = {
  name: 'r1',
  every: 3,
  penalty: (inputs: Parameters<typeof r1.penalty>[0]) => r1.penalty(inputs, { weight: 1 }),
};

describe.each(presentEngines)('on $name', (definition) => {
  keepDeviceOpen(definition);
  const intervals = { logEvery: 1, sampleEvery: 7, checkpointEvery: 10 };
  // A convolutional step takes a second on a graphics driver that computes on the CPU.
  const { stops, last } =
    definition.device !== undefined ? { stops: [[3]], last: 5 } : { stops: [[10], [3, 11]], last: 20 };

  it.each([
    ['a convolutional GAN with batch norm and EMA', images(), noiseImages(10)],
    ['points with a lazy regulariser', points({ regularisers: [LAZY_R1] }), linePoints(10)],
    ['points with three critic steps', points({ criticSteps: 3 }), linePoints(10)],
  ])('resumes %s exactly', async (_what, settings, examples) => {
    const train = async (...totals: readonly number[]): Promise<Buffer> => {
      let folder: string | undefined;
      for (const totalSteps of totals) {
        const job = {
          task: new GanTask(settings),
          engine: await openForTest(definition, 2),
          examples,
          settings: { ...intervals, totalSteps },
        };
        if (folder === undefined) folder = await trainNew(await temporaryFolder(), job);
        else await resume(folder, job);
      }
      return await checkpointBytes(folder ?? '', stepFileName(last, 'safetensors'));
    };
    const straight = await train(last);
    for (const interrupted of stops) expect((await train(...interrupted, last)).equals(straight)).toBe(true);
  });

  it('trains the same whether somebody watches or not', async () => {
    const train = async (isWatched: boolean): Promise<Buffer> => {
      const shown: number[] = [];
      const run = await createRun(newRun(await temporaryFolder()));
      const loop = new TrainingLoop(
        jobFor(run, {
          task: new GanTask(points()),
          engine: await openForTest(definition, 2),
          observer: { onLiveSample: ({ step }) => shown.push(step) },
        }),
      );
      loop.watchSamples(isWatched);
      await loop.run();
      await run.close();
      expect(shown.length > 0).toBe(isWatched);
      return await checkpointBytes(run.folder, stepFileName(20, 'safetensors'));
    };
    expect((await train(true)).equals(await train(false))).toBe(true);
  });

  it('NaN is found, and the state before it is what it would be without it', async () => {
    const data = linePoints(40);
    const brokenPoint: Examples = {
      ...data,
      read: async (indices, target) => {
        await data.read(indices, target);
        const position = indices.indexOf(11);
        if (position >= 0) target[2 * position] = Number.NaN;
      },
    };
    const job = async () => ({
      task: new GanTask(points()),
      engine: await openForTest(definition, 2),
      examples: brokenPoint,
    });
    const runs = await temporaryFolder();
    const failure: unknown = await trainNew(runs, await job()).catch((error: unknown) => error);
    if (!(failure instanceof NonFiniteError)) throw failure;
    expect(failure.step).toBeGreaterThan(1);
    expect(failure.tensor).toBe('discriminator loss');
    const lastGood = failure.step - 1;
    const healthy = await trainNew(runs, { ...(await job()), settings: { totalSteps: lastGood } });
    const name = stepFileName(lastGood, 'safetensors');
    const kept = await checkpointBytes(join(runs, '00001-line-points'), name);
    expect(kept.equals(await checkpointBytes(healthy, name))).toBe(true);
  });
});
