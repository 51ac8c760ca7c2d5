import type * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { checkpointedRun, folderData } from '../../test/support/checkpointed-run';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { openEngine } from '../engine/open-engine';
import { openRandomConvolutions } from '../evaluation/features/random-convolutions';
import { oneHot } from '../gan/step/class-labels';
import { Random } from '../random/random';
import { openGenerator } from '../session/stored-run';
import { float32 } from '../shared/host-tensor';
import { Inverter } from './inversion';

const networks = {
  generator: { network: 'dcgan', channels: [4, 3] },
  discriminator: { network: 'dcgan', channels: [3, 4] },
};
const OPTIONS = { candidates: 64, starts: 4, steps: 150, seed: 1 };

async function opened(experiment: object) {
  return await openGenerator(await checkpointedRun(await temporaryFolder(), experiment));
}

it.each(['normal', 'uniform'] as const)(
  'finds an image that the generator makes of a %s latent',
  async (prior) => {
    const generator = await opened({ data: folderData(), latent: { size: 4, prior }, ...networks });
    try {
      const { task, engine } = generator;
      const random = Random.seeded(3, 'target');
      const values = new Float32Array(4);
      const latent = prior === 'normal' ? random.fillNormal(values) : random.fillUniform(values, -1, 1);
      const target = await task.sample(engine, { source: float32([1, 4], latent) });
      const steps: number[] = [];
      const found = await new Inverter(generator).invert(target, {
        ...OPTIONS,
        onStep: (step) => void steps.push(step),
      });
      expect(steps).toHaveLength(150);
      const untouched = await new Inverter(generator).invert(target, { ...OPTIONS, steps: 0 });
      expect(found.error).toBeLessThan(untouched.error / 10);
      expect(found.image.shape).toEqual([1, 8, 8, 3]);
      const again = await task.sample(engine, { source: float32([1, 4], found.latent) });
      expect([...again.data]).toEqual([...found.image.data]);
      if (prior === 'uniform') expect(Math.max(...found.latent.map(Math.abs))).toBeLessThanOrEqual(1);
    } finally {
      await generator.close();
    }
  },
);

it('compares images by the layers of a network too', async () => {
  const generator = await opened({ data: folderData(), latent: { size: 4 }, ...networks });
  const { task, engine } = generator;
  if (task.example.kind !== 'image') throw new Error('images were expected');
  const network = await openRandomConvolutions(await openEngine('onnx', 1), task.example);
  try {
    const latent = Random.seeded(3, 'target').fillNormal(new Float32Array(4));
    const target = await task.sample(engine, { source: float32([1, 4], latent) });
    const inverter = new Inverter(generator, network.layers);
    const untouched = await inverter.invert(target, { ...OPTIONS, steps: 0 });
    const found = await inverter.invert(target, OPTIONS);
    expect(found.featureError).toBeLessThan(untouched.featureError / 10);
    expect(found.error).toBeLessThan(untouched.error / 10);
    expect((await new Inverter(generator).invert(target, { ...OPTIONS, steps: 0 })).featureError).toBe(0);
  } finally {
    await network.close();
    await generator.close();
  }
});

it('has the error of what it finds, relative to the activations of the target', async () => {
  const generator = await opened({ data: folderData(), latent: { size: 4 }, ...networks });
  try {
    const target = float32([1, 8, 8, 3], new Float32Array(192).fill(0.5));
    const layers = { weights: {}, activations: (_: object, images: tf.Tensor) => [images] };
    const { image, error, featureError } = await new Inverter(generator, layers).invert(target, OPTIONS);
    const squares = [...image.data].reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / 192;
    expect(error).toBeCloseTo(squares, 5);
    expect(featureError).toBeCloseTo(squares / 0.25, 3);
  } finally {
    await generator.close();
  }
});

it('finds the class too, unless it is given', async () => {
  const generator = await opened({
    data: { source: 'digits', batchSize: 4 },
    latent: { size: 4 },
    conditioning: { name: 'projection', generator: 'batch-norm' },
    ...networks,
  });
  try {
    const { task, engine } = generator;
    const latent = Random.seeded(4, 'target').fillNormal(new Float32Array(4));
    const target = await task.sample(engine, {
      source: float32([1, 4], latent),
      labels: oneHot(Int32Array.of(7), 10),
    });
    const found = await new Inverter(generator).invert(target, OPTIONS);
    expect(found.label).toBe(7);
    const asked = await new Inverter(generator).invert(target, { ...OPTIONS, label: 2, steps: 1 });
    expect(asked.label).toBe(2);
  } finally {
    await generator.close();
  }
});

it('is refused for generators without latents, and for points', async () => {
  const pairs = { ...folderData(), source: 'pairs' };
  const translating = await opened({
    data: pairs,
    generator: { network: 'unet', channels: 4 },
    discriminator: { network: 'patchgan', channels: 4, layers: 1 },
  });
  const toy = await opened({
    data: { source: 'points2d', distribution: 'ring', batchSize: 4 },
    model: 'toy2d',
  });
  try {
    expect(() => new Inverter(translating)).toThrow('starts from images of its data, not from latents.');
    expect(() => new Inverter(toy)).toThrow('does not make images.');
  } finally {
    await translating.close();
    await toy.close();
  }
});
