/** Everything that is trained or generated, on a graphics card: a tiny network of each family. */
import { describe, expect, it } from 'vitest';
import { openOracle, relativeError, worstError } from '../../test/support/engines';
import {
  byNetwork,
  configOf,
  shapeOfData,
  taskOf,
  trainExperiment,
} from '../../test/support/experiment-training';
import { noiseData } from '../../test/support/noise-data';
import {
  absentEngines,
  keepDeviceOpen,
  openForTest,
  presentEngines,
} from '../../test/support/present-engines';
import { cycleGan, images, patchgan, pix2pix, superResolution } from '../../test/support/tiny-experiments';
import type { Engine } from '../engine/engine';
import { onnx } from '../engine/onnx/native';
import { onnxWebGpu } from '../engine/webgpu/webgpu';
import { Classifier } from '../evaluation/features/classifier';
import { openRandomConvolutions } from '../evaluation/features/random-convolutions';
import { EXPLORER_BATCHES, LatentExplorer } from '../latents/latent-explorer';
import { Random } from '../random/random';
import { float32, type HostTensor } from '../shared/host-tensor';
import { compareEngines } from './engine-choice/comparison';
import { candidate } from './engine-choice/trial';

const isPresent = presentEngines.some(({ name }) => name === onnxWebGpu.name);
const absent = absentEngines.find(({ name }) => name === onnxWebGpu.name);

const families: readonly [string, object][] = [
  ['conditional', { ...images, conditioning: { name: 'projection', generator: 'batch-norm' } }],
  ['wgan-gp', { ...images, objective: 'wasserstein', regularisers: ['gradient-penalty'], criticSteps: 2 }],
  [
    'sngan',
    {
      ...images,
      generator: { network: 'resnet', channels: [4, 4] },
      discriminator: { network: 'resnet', channels: [4, 4], halvings: 1 },
      objective: 'hinge',
      regularisers: ['spectral-norm'],
    },
  ],
  ['pix2pix', pix2pix],
  ['super-resolution', superResolution],
  ['CycleGAN', cycleGan],
  [
    'segmentation',
    {
      ...images,
      data: { source: 'shapes', imageSize: 32, batchSize: 1 },
      generator: { network: 'resnet-translate', channels: 2, blocks: 1, norm: 'batch' },
      discriminator: patchgan,
      generatorLosses: ['cross-entropy'],
    },
  ],
];

const conditional = configOf(families[0]?.[1] ?? {});
const data = noiseData(shapeOfData(conditional), 8);

async function onBoth<Result>(of: (engine: Engine) => Promise<Result>): Promise<readonly [Result, Result]> {
  return [await of(await openForTest(onnxWebGpu)), await of(await openForTest(onnx))];
}

function randomImages(count: number): HostTensor {
  return float32(
    [count, 8, 8, 1],
    Random.seeded(1, 'images').fillUniform(new Float32Array(64 * count), -1, 1),
  );
}

describe.runIf(isPresent)('on a graphics card', () => {
  keepDeviceOpen(onnxWebGpu);

  it.each(families)('a step of %s equals the oracle', async (_, experiment) => {
    const card = await trainExperiment(await onnxWebGpu.open(1), experiment, 1);
    const oracle = await trainExperiment(openOracle(), experiment, 1);
    expect(oracle.results[0]?.nonFinite).toBeUndefined();
    const [found, expected] = [byNetwork(card.state), byNetwork(oracle.state)];
    for (const [name, values] of Object.entries(expected)) {
      // The relative error of squares is twice that of the gradients.
      const most = name.startsWith('adam.variance/') ? 2e-4 : 1e-4;
      expect(worstError(found, { [name]: values }).error, name).toBeLessThan(most);
    }
  });

  it('samples are those of the processor', async () => {
    const [card, processor] = await onBoth(async (engine) => {
      const task = taskOf(conditional);
      engine.write(task.initialState(3));
      await task.prepareSampling(engine, [2]);
      return await task.sample(
        engine,
        await task.sampleSource(Random.seeded(1, 'samples'), 3, async () => data),
      );
    });
    expect(card.shape).toEqual([3, 8, 8, 1]);
    // Of values between -1 and 1; the hyperbolic tangent of the device is exact to so many digits of 1.
    card.data.forEach((value, i) => {
      expect(Math.abs(value - (processor.data[i] ?? 0))).toBeLessThan(1e-5);
    });
  });

  it('features for scores are those of the processor', async () => {
    const [card, processor] = await onBoth(async (engine) => {
      const network = await openRandomConvolutions(engine, {
        kind: 'image',
        height: 8,
        width: 8,
        channels: 1,
      });
      const { features } = await network.extract(randomImages(3));
      return float32([features.rows, features.columns], Float32Array.from(features.data));
    });
    expect(relativeError(card, processor)).toBeLessThan(1e-4);
  });

  it('the classifier for scores learns as on the processor', async () => {
    const examples = randomImages(64);
    const labels = Int32Array.from({ length: 64 }, (_, i) => i % 3);
    const [card, processor] = await onBoth(async (engine) => {
      const classifier = new Classifier(engine, { kind: 'image', height: 8, width: 8, channels: 1 }, 3);
      await classifier.train({ steps: 1, seed: 1, nextBatch: async () => ({ examples, labels }) });
      const { probabilities } = await classifier.classify(randomImages(3));
      return float32([probabilities.rows, probabilities.columns], Float32Array.from(probabilities.data));
    });
    expect(relativeError(card, processor)).toBeLessThan(1e-4);
  });

  it('the latent explorer shows what it shows on the processor', async () => {
    const places = [0, 1].map((seed) => ({ from: seed, to: 5, mix: 0.25, offsets: [1], label: seed }));
    const [card, processor] = await onBoth(async (engine) => {
      const task = taskOf(conditional);
      engine.write(task.initialState(3));
      await task.prepareSampling(engine, EXPLORER_BATCHES);
      const opened = {
        task,
        engine,
        step: 0,
        seed: 1,
        openData: async () => data,
        openFeatures: async () => undefined,
        close: async () => undefined,
      };
      const explorer = await LatentExplorer.of('/runs/00001-images', opened);
      return await explorer.samples(places);
    });
    if (card.kind !== 'images' || processor.kind !== 'images') throw new Error('no images');
    expect(card.tiles.count).toBe(2);
    card.tiles.pixels.forEach((value, i) => {
      expect(Math.abs(value - (processor.tiles.pixels[i] ?? 0))).toBeLessThanOrEqual(1);
    });
  });

  it('a trial finds that it trains correctly', async () => {
    const network = { config: conditional, data: shapeOfData(conditional) };
    const comparison = await compareEngines(candidate('onnx', network), candidate('onnx-webgpu', network), {
      nowMs: () => performance.now(),
      onTiming: async () => undefined,
    });
    expect(comparison).toEqual({
      kind: 'measured',
      processorStepMs: expect.any(Number),
      deviceStepMs: expect.any(Number),
    });
  });
});

it.skipIf(isPresent)(`without a graphics card: ${absent?.reason}`, () => undefined);
