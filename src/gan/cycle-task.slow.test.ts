import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { openOracle, worstError } from '../../test/support/engines';
import { byNetwork } from '../../test/support/experiment-training';
import type { Engine } from '../engine/engine';
import { openNativeEngine } from '../engine/onnx/open-native';
import type { Network } from '../nn/scope';
import { Random } from '../random/random';
import type { ImageShape } from '../shared/example-shape';
import { exampleExtents } from '../shared/example-shape';
import type { HostTensor, HostTensors } from '../shared/host-tensor';
import { float32, sizeOf } from '../shared/host-tensor';
import type { StepResult } from '../training/task';
import type { CycleSettings } from './cycle-settings';
import { CycleTask } from './cycle-task';
import { poolDecisions, throughPool } from './image-pool';
import { patchganDiscriminator } from './networks/patchgan';
import { resnetTranslateGenerator } from './networks/resnet-translate';
import { leastSquares } from './objectives/least-squares';
import { plainGan } from './plain-gan';
import { recordProgram } from './step/recorded-program';

const LEAST_SQUARES: CycleSettings['objective'] = {
  generatorUsesReal: false,
  discriminatorLoss: (logits, random) => leastSquares.discriminatorLoss(logits, { a: 0, b: 1, c: 1 }, random),
  generatorLoss: (logits) => leastSquares.generatorLoss(logits, { a: 0, b: 1, c: 1 }),
};

interface Networks {
  readonly generator: (to: ImageShape) => Network;
  readonly discriminator: Network;
}

function settingsOf(
  [from, to]: readonly [ImageShape, ImageShape],
  { generator, discriminator }: Networks,
  changes: Partial<CycleSettings> = {},
): CycleSettings {
  const plain = plainGan(1, { example: to, batchSize: 1, generator: generator(to), discriminator });
  return {
    ...plain,
    objective: LEAST_SQUARES,
    translations: {
      forward: { from, to, generator: generator(to), discriminator },
      back: { from: to, to: from, generator: generator(from), discriminator },
    },
    cycleWeight: 10,
    identityWeight: 0,
    poolSize: 0,
    ...changes,
  };
}

function image(size: number, channels: number): ImageShape {
  return { kind: 'image', height: size, width: size, channels };
}

function convolutional(changes: Partial<CycleSettings> = {}): CycleSettings {
  const [line, colour] = [image(8, 1), image(8, 3)];
  return settingsOf(
    [line, colour],
    {
      generator: (to) =>
        resnetTranslateGenerator.build(resnetTranslateGenerator.options.parse({ channels: 2, blocks: 1 }), {
          example: to,
          latentSize: 1,
        }),
      discriminator: patchganDiscriminator.build(
        patchganDiscriminator.options.parse({ channels: 2, layers: 1, norm: 'batch' }),
        { example: colour, latentSize: 1 },
      ),
    },
    { batchSize: 2, averaging: { decay: 0.9, rampUp: 10 }, ...changes },
  );
}

async function train(
  engine: Engine,
  settings: CycleSettings,
  steps: number,
): Promise<{ readonly state: HostTensors; readonly results: readonly StepResult[] }> {
  const task = new CycleTask(settings);
  engine.write(task.initialState(7));
  await task.prepare(engine);
  const random = Random.seeded(7, 'test steps');
  const data = Random.seeded(7, 'test data');
  const images = (shape: ImageShape): HostTensor => {
    const extents = [settings.batchSize, ...exampleExtents(shape)];
    return float32(extents, data.fillUniform(new Float32Array(sizeOf(extents)), -1, 1));
  };
  const { from, to } = settings.translations.forward;
  const results: StepResult[] = [];
  for (let step = 1; step <= steps; step++) {
    const batches = Array.from({ length: task.batchesPerStep }, () => ({
      examples: images(to),
      inputs: images(from),
    }));
    results.push(await task.trainStep(engine, { step, batches, random }));
  }
  const state = await engine.read(engine.leafNames());
  await engine.dispose();
  return { state, results };
}

describe('compiled steps equal the oracle', () => {
  it.each([
    ['a pool, averages and clipped gradients', convolutional({ poolSize: 3, gradientClipping: 1 })],
    [
      'two batches an update and two critic steps',
      convolutional({ poolSize: 2, accumulate: 2, criticSteps: 2 }),
    ],
  ])('%s', async (_what, settings) => {
    const compiled = await train(await openNativeEngine(1), settings, 3);
    const oracle = await train(openOracle(), settings, 3);
    const { name, error } = worstError(byNetwork(compiled.state), byNetwork(oracle.state));
    expect(error, name).toBeLessThan(1e-4);
    for (const { nonFinite } of oracle.results) expect(nonFinite).toBeUndefined();
    expect(compiled.results.at(-1)?.extra.cycleLoss).toBeCloseTo(
      oracle.results.at(-1)?.extra.cycleLoss ?? Number.NaN,
      4,
    );
  });
});

describe('one step of networks with one weight each', () => {
  /** Computes G(x) = a·x, and the scaling in D(x) = c·mean(x). */
  const scaling =
    (by: number): Network =>
    (scope, x) =>
      tf.mul(x, scope.parameter('scale', [1], { name: 'fixed', fill: (v) => void v.fill(by) }));
  const judging: Network = (scope, x) => tf.reshape(scaling(0.3)(scope, tf.mean(x, [1, 2, 3])), [-1, 1]);
  const [a, b, x, y] = [0.7, 1.1, 0.5, -0.8];
  const shape = image(2, 1);

  const settings: CycleSettings = {
    ...settingsOf([shape, shape], { generator: () => scaling(a), discriminator: judging }),
    identityWeight: 5,
    learningRate: { generator: 0.01, discriminator: 0.2 },
  };
  const { forward, back } = settings.translations;
  const withB = { ...settings, translations: { forward, back: { ...back, generator: scaling(b) } } };

  it('has the losses of the paper, and generators that learn from the updated discriminators', async () => {
    const engine = await openNativeEngine(1);
    const task = new CycleTask(withB);
    engine.write(task.initialState(1));
    await task.prepare(engine);
    const constant = (value: number): HostTensor => float32([1, 2, 2, 1], new Float32Array(4).fill(value));
    const result = await task.trainStep(engine, {
      step: 1,
      batches: [{ examples: constant(y), inputs: constant(x) }],
      random: Random.seeded(1, 'test'),
    });
    const state = await engine.read(['discriminator/scale', 'discriminatorBack/scale']);
    await engine.dispose();

    const discriminatorLoss = (real: number, fake: number): number =>
      (0.3 * real - 1) ** 2 / 2 + (0.3 * fake) ** 2 / 2;
    expect(result.discriminatorLoss).toBeCloseTo(
      discriminatorLoss(y, a * x) + discriminatorLoss(x, b * y),
      5,
    );
    expect(result.extra.cycleLoss).toBeCloseTo(10 * (Math.abs(a * b * x - x) + Math.abs(a * b * y - y)), 5);
    expect(result.extra.identityLoss).toBeCloseTo(5 * (Math.abs(a * y - y) + Math.abs(b * x - x)), 5);

    // Held constant after its own update; differentiating through the update would add further terms.
    const c = state['discriminator/scale']?.data[0] ?? Number.NaN;
    const cBack = state['discriminatorBack/scale']?.data[0] ?? Number.NaN;
    expect(c).not.toBeCloseTo(0.3, 2);
    expect(result.generatorLoss).toBeCloseTo((c * a * x - 1) ** 2 / 2 + (cBack * b * y - 1) ** 2 / 2, 5);
    const around = Math.sign(a * b * x - x) * x + Math.sign(a * b * y - y) * y;
    const ofA = (c * a * x - 1) * c * x + 10 * b * around + 5 * Math.sign(a * y - y) * y;
    const ofB = (cBack * b * y - 1) * cBack * y + 10 * a * around + 5 * Math.sign(b * x - x) * x;
    expect(result.generatorGradientNorm).toBeCloseTo(Math.hypot(ofA, ofB), 4);
  });
});

describe('the image pool', () => {
  it('fills up in order, and shows each image as it is meanwhile', () => {
    const { shape, data } = poolDecisions(Random.seeded(1, 'pool'), 2, 2, 5);
    expect(shape).toEqual([2, 2, 5]);
    expect([...data]).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 1, 0, ...new Array<number>(10).fill(0)]);
  });

  it('then swaps one image in two, each with a place of its own', () => {
    const random = Random.seeded(1, 'pool');
    const [batchSize, size, batches] = [3, 4, 400];
    let swapped = 0;
    for (let i = 0; i < batches; i++) {
      const { data } = poolDecisions(random, 10, batchSize, size);
      const [written, taken] = [data.subarray(0, batchSize * size), data.subarray(batchSize * size)];
      expect(taken).toEqual(written);
      for (let place = 0; place < size; place++) {
        const users = [0, 1, 2].filter((image) => written[image * size + place] === 1);
        expect(users.length).toBeLessThanOrEqual(1);
        swapped += users.length;
      }
    }
    // Standard deviation 17.
    expect(Math.abs(swapped - (batchSize * batches) / 2)).toBeLessThan(70);
  });

  it('has room for the rest of a batch that fills it', () => {
    const { data } = poolDecisions(Random.seeded(5, 'pool'), 3, 2, 4);
    expect([...data.subarray(0, 4)]).toEqual([0, 0, 0, 1]);
    expect([...data.subarray(8, 12)]).toEqual([0, 0, 0, 0]);
    expect(data[7], 'the place that was just filled').toBe(0);
  });

  it('gives out what it held and keeps what it is given', async () => {
    const names = { leaf: 'pool', decisions: 'decisions' };
    const program = recordProgram('pool', { pool: { shape: [3, 2], dtype: 'float32' } }, (step) => {
      const made = step.input('made', { shape: [2, 2], dtype: 'float32' });
      step.output('shown', throughPool(step, names, made, 3));
    });
    const engine = await openNativeEngine(1);
    engine.write({ pool: float32([3, 2], Float32Array.of(1, 2, 3, 4, 5, 6)) });
    await engine.compile(program);
    // The first image is written to slot 2, whose old image is shown instead; the second is shown and not stored.
    const decisions = Float32Array.of(0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0);
    const { shown } = await engine.run('pool', {
      made: float32([2, 2], Float32Array.of(10, 20, 30, 40)),
      decisions: float32([2, 2, 3], decisions),
    });
    expect([...(shown?.data ?? [])]).toEqual([5, 6, 30, 40]);
    const { pool } = await engine.read(['pool']);
    expect([...(pool?.data ?? [])]).toEqual([1, 2, 3, 4, 10, 20]);
    await engine.dispose();
  });
});

it('shows its discriminators images of earlier generators', async () => {
  const settings = convolutional({ poolSize: 2 });
  const { state } = await train(await openNativeEngine(1), settings, 1);
  const made = state['pool/forward'];
  expect(made?.shape).toEqual([2, 8, 8, 3]);
  const later = (await train(await openNativeEngine(1), settings, 4)).state['pool/forward'];
  expect(made?.data.every((value) => Math.abs(value) < 1)).toBe(true);
  expect(later?.data).not.toEqual(made?.data);
});

it('translates both ways with the averaged generators', async () => {
  const settings = convolutional();
  const task = new CycleTask(settings);
  const engine = await openNativeEngine(1);
  engine.write(task.initialState(1));
  await task.prepare(engine);
  const given = float32([3, 8, 8, 1], Random.seeded(1, 'given').fillUniform(new Float32Array(192), -1, 1));
  const made = await task.sample(engine, { source: given });
  expect(made.shape).toEqual([3, 8, 8, 3]);
  const again = await task.reconstruct(engine, made);
  expect(again.shape).toEqual([3, 8, 8, 1]);
  const before = again.data.slice();
  const leaf = 'ema/generatorBack/toImage/bias';
  engine.write({ ...(await engine.read(engine.leafNames())), [leaf]: float32([1], Float32Array.of(2)) });
  expect((await task.reconstruct(engine, made)).data).not.toEqual(before);
  await engine.dispose();
});
