import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { openOracle, relativeError, worstError } from '../../test/support/engines';
import { keepDeviceOpen, openForTest, presentEngines } from '../../test/support/present-engines';
import type { Batch } from '../data/batches';
import type { Engine } from '../engine/engine';
import { OnnxEngine } from '../engine/onnx/onnx-engine';
import { openNativeEngine } from '../engine/onnx/open-native';
import { dense, flatten, leakyRelu } from '../nn/layers';
import type { Network } from '../nn/scope';
import { Random } from '../random/random';
import type { ExampleShape } from '../shared/example-shape';
import type { HostTensor, HostTensors } from '../shared/host-tensor';
import { float32, sizeOf } from '../shared/host-tensor';
import type { PlaneQuestion, StepResult } from '../training/task';
import { colour } from './augmentations/colour';
import { flip } from './augmentations/flip';
import { GanTask } from './gan-task';
import { dcganDiscriminator, dcganGenerator } from './networks/dcgan';
import { mlpDiscriminator, mlpGenerator } from './networks/mlp';
import { minimax } from './objectives/minimax';
import { plainGan } from './plain-gan';
import { r1 } from './regularisers/r1';
import type { GanSettings } from './settings';
import { oneHot } from './step/class-labels';

const NO_SMOOTHING = { labelSmoothing: 0 };

function settingsOf(
  example: ExampleShape,
  generator: Network,
  discriminator: Network,
  changes: Partial<GanSettings> = {},
): GanSettings {
  return plainGan(
    8,
    { example, batchSize: 4, generator, discriminator },
    { averaging: { decay: 0.99, rampUp: 10 }, ...changes },
  );
}

const R1 = {
  name: 'r1',
  every: 1,
  penalty: (inputs: Parameters<typeof r1.penalty>[0]) => r1.penalty(inputs, { weight: 10 }),
};

function dcgan(height: number, channels: number, changes: Partial<GanSettings> = {}): GanSettings {
  const example: ExampleShape = { kind: 'image', height, width: height, channels };
  const context = { example, latentSize: 8 };
  return settingsOf(
    example,
    dcganGenerator.build(dcganGenerator.options.parse({ channels: [6, 4], kernelSize: 5 }), context),
    dcganDiscriminator.build(
      dcganDiscriminator.options.parse({ channels: [4, 6], kernelSize: 4, batchNorm: true }),
      context,
    ),
    changes,
  );
}

function points(changes: Partial<GanSettings> = {}): GanSettings {
  const example: ExampleShape = { kind: 'points', dimensions: 2 };
  const context = { example, latentSize: 8 };
  return settingsOf(
    example,
    mlpGenerator.build(mlpGenerator.options.parse({ hidden: [16, 16] }), context),
    mlpDiscriminator.build(mlpDiscriminator.options.parse({ hidden: [16, 16] }), context),
    changes,
  );
}

interface Trained {
  readonly state: HostTensors;
  readonly results: readonly StepResult[];
}

async function train(engine: Engine, settings: GanSettings, steps: number): Promise<Trained> {
  const task = new GanTask(settings);
  engine.write(task.initialState(7));
  await task.prepare(engine);
  const random = Random.seeded(7, 'test latents');
  const data = Random.seeded(7, 'test data');
  const shape = [settings.batchSize, ...extents(settings.example)];
  const results: StepResult[] = [];
  for (let step = 1; step <= steps; step++) {
    const batches = Array.from({ length: task.batchesPerStep }, () => ({
      examples: float32(shape, data.fillUniform(new Float32Array(sizeOf(shape)), -1, 1)),
    }));
    results.push(await task.trainStep(engine, { step, batches, random }));
  }
  const state = await engine.read(engine.leafNames());
  await engine.dispose();
  return { state, results };
}

function extents(example: ExampleShape): number[] {
  return example.kind === 'points' ? [example.dimensions] : [example.height, example.width, example.channels];
}

describe('five compiled steps equal the oracle', () => {
  it.each([
    ['perceptrons on points', points()],
    ['perceptrons with R1', points({ regularisers: [R1] })],
    ['lazy R1 and three critic steps', points({ regularisers: [{ ...R1, every: 2 }], criticSteps: 3 })],
    ['DCGAN with batch norm, grey', dcgan(8, 1)],
    ['DCGAN with batch norm, RGB', dcgan(12, 3)],
    ['DCGAN with R1', dcgan(8, 1, { regularisers: [R1], batchSize: 2 })],
    [
      'DCGAN, minimax',
      dcgan(8, 1, {
        objective: {
          generatorUsesReal: false,
          discriminatorLoss: (logits, random) =>
            minimax.discriminatorLoss(logits, { labelSmoothing: 0.1 }, random),
          generatorLoss: (logits) => minimax.generatorLoss(logits, NO_SMOOTHING),
        },
      }),
    ],
  ])('%s', async (_name, settings) => {
    const compiled = await train(await openNativeEngine(2), settings, 5);
    const oracle = await train(openOracle(), settings, 5);
    // Where a gradient is zero up to rounding, Adam's direction is rounding noise.
    const { name, error } = worstError(
      significant(compiled.state, oracle.state),
      significant(oracle.state, oracle.state),
    );
    expect(error, name).toBeLessThan(1e-4);
    expect(compiled.results.at(-1)?.discriminatorLoss).toBeCloseTo(
      oracle.results.at(-1)?.discriminatorLoss ?? Number.NaN,
      4,
    );
  });
});

/** Keeps the leaves whose gradients exceed rounding noise (by the oracle's second moment). */
function significant(state: HostTensors, oracle: HostTensors): Record<string, HostTensor> {
  const kept: Record<string, HostTensor> = {};
  for (const [name, tensor] of Object.entries(state)) {
    const leaf = name.replace(/^(adam\.mean|adam\.variance|ema)\//, '');
    const variance = oracle[`adam.variance/${leaf}`];
    const size =
      variance === undefined ? 1 : Float64Array.from(variance.data).reduce((sum, value) => sum + value, 0);
    if (size > 1e-13) kept[name] = tensor;
  }
  return kept;
}

describe.each(presentEngines)('on $name', (definition) => {
  keepDeviceOpen(definition);

  const trainDcgan = async () => train(await openForTest(definition, 2), dcgan(8, 1), 3);

  it.each([
    ['a convolutional GAN', dcgan(8, 1)],
    ['points', points()],
  ])('steps of %s are those of the oracle', async (_what, settings) => {
    const compiled = await train(await openForTest(definition, 2), settings, 3);
    const oracle = await train(openOracle(), settings, 3);
    const { name, error } = worstError(
      significant(compiled.state, oracle.state),
      significant(oracle.state, oracle.state),
    );
    expect(error, name).toBeLessThan(1e-4);
  });

  it('the same seed gives the same bytes, whatever ran before', async () => {
    const [once, again] = [await trainDcgan(), await trainDcgan()];
    for (const [name, tensor] of Object.entries(once.state))
      expect(again.state[name]?.data, name).toEqual(tensor.data);
  });
});

describe('the order of a step', () => {
  /** G(z) = w·z and D(x) = a·x with one parameter each, so that the step can be worked out by hand. */
  const linear =
    (bias: boolean): Network =>
    (scope, x) =>
      dense(scope, 'layer', x, {
        units: 1,
        useBias: bias,
        initialiser: { name: 'half', fill: (v) => void v.fill(0.5) },
      });

  it('lets no gradient flow through the discriminator’s update', async () => {
    const settings = settingsOf({ kind: 'points', dimensions: 1 }, linear(false), linear(false), {
      batchSize: 1,
      source: { kind: 'latents', size: 1, prior: 'normal' },
      learningRate: { generator: 0.1, discriminator: 0.5 },
      averaging: undefined,
    });
    const task = new GanTask(settings);
    const engine = await openNativeEngine(1);
    engine.write(task.initialState(1));
    await task.prepare(engine);
    const z = task.drawLatents(Random.seeded(3, 'z'), 1).data[0] ?? 0;
    const x = 1.7;
    const result = await task.trainStep(engine, {
      step: 1,
      batches: [{ examples: float32([1, 1], Float32Array.of(x)) }],
      random: Random.seeded(3, 'z'),
    });
    const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));
    const [w, a] = [0.5, 0.5];
    const fake = w * z;
    const gradientOfA = -(1 - sigmoid(a * x)) * x + sigmoid(a * fake) * fake;
    // The first Adam update is one learning rate against the sign of the gradient.
    const updatedA = a - 0.5 * Math.sign(gradientOfA);
    // Through the updated discriminator, held constant; an unrolled step would have further terms.
    const gradientOfW = -(1 - sigmoid(updatedA * fake)) * updatedA * z;
    expect(result.discriminatorGradientNorm).toBeCloseTo(Math.abs(gradientOfA), 5);
    expect(result.generatorGradientNorm).toBeCloseTo(Math.abs(gradientOfW), 5);
    await engine.dispose();
  });
});

it('makes the same of a batch in two parts as of the whole', async () => {
  const example: ExampleShape = { kind: 'image', height: 4, width: 4, channels: 1 };
  const network =
    (units: number): Network =>
    (scope, x) =>
      dense(scope, 'out', tf.tanh(dense(scope, 'hidden', flatten(x), { units: 6 })), { units });
  // Nothing is random: input images are supplied, and no layer mixes the examples of a batch.
  const settings = settingsOf(
    example,
    (scope, given) => tf.reshape(tf.tanh(network(16)(scope, given)), [-1, ...extents(example)]),
    network(1),
    {
      source: { kind: 'image', shape: { ...example }, isSeenByDiscriminator: true },
      regularisers: [R1],
      gradientClipping: 0.1,
    },
  );
  const images = Array.from({ length: 16 * 8 * 2 }, (_, i) => Math.sin(i * i));
  const batchOf = (first: number, count: number) => {
    const values = (place: number): HostTensor =>
      float32(
        [count, ...extents(example)],
        Float32Array.from(images.slice(place * 16, (place + count) * 16)),
      );
    return { examples: values(first), inputs: values(8 + first) };
  };
  const stepOf = async (changes: Partial<GanSettings>, batches: readonly Batch[]) => {
    const task = new GanTask({ ...settings, ...changes });
    const engine = await openNativeEngine(1);
    engine.write(task.initialState(7));
    await task.prepare(engine);
    const result = await task.trainStep(engine, { step: 1, batches, random: Random.seeded(7, 'nothing') });
    const state = await engine.read(engine.leafNames());
    await engine.dispose();
    return { result, state };
  };
  const whole = await stepOf({ batchSize: 8 }, [batchOf(0, 8)]);
  const parts = await stepOf({ batchSize: 4, accumulate: 2 }, [batchOf(0, 4), batchOf(4, 4)]);
  const { extra, ...numbers } = whole.result;
  for (const [name, value] of Object.entries({ ...numbers, ...extra }))
    expect({ ...parts.result, ...parts.result.extra }, name).toHaveProperty(
      name,
      expect.closeTo(Number(value), 5),
    );
  const kept = Object.keys(whole.state);
  const { name, error } = worstError(
    Object.fromEntries(Object.entries(parts.state).filter(([leaf]) => kept.includes(leaf))),
    whole.state,
  );
  expect(error, name).toBeLessThan(1e-5);
});

it('applies a lazy penalty at every so many updates from the first on, with as many times its weight', async () => {
  const steepest: GanSettings['optimiser'] = {
    slots: [],
    scalars: ['rate'],
    step: ({ learningRate }) => ({ rate: learningRate }),
    update: ({ parameter }, gradient, { rate = gradient }) => ({
      parameter: tf.sub(parameter, tf.mul(gradient, rate)),
      slots: {},
    }),
  };
  // D(x) = w·x with initial w = ½; loss and penalty are both D(x), whose gradient is x = 1.
  const single: Network = (scope, x) =>
    dense(scope, 'layer', x, {
      units: 1,
      useBias: false,
      initialiser: { name: 'half', fill: (values) => void values.fill(0.5) },
    });
  const task = new GanTask(
    settingsOf({ kind: 'points', dimensions: 1 }, single, single, {
      batchSize: 1,
      source: { kind: 'latents', size: 1, prior: 'normal' },
      optimiser: steepest,
      learningRate: { generator: 0, discriminator: 0.125 },
      objective: {
        generatorUsesReal: false,
        discriminatorLoss: ({ real }) => tf.mean(real),
        generatorLoss: ({ fake }) => tf.mean(fake),
      },
      regularisers: [
        { name: 'lazy', every: 2, penalty: ({ discriminator, real }) => tf.mean(discriminator(real)) },
      ],
      averaging: undefined,
    }),
  );
  const engine = await openNativeEngine(1);
  engine.write(task.initialState(1));
  await task.prepare(engine);
  const weights: (number | undefined)[] = [];
  const penalties: (number | undefined)[] = [];
  for (const step of [1, 2, 3]) {
    const batches = [{ examples: float32([1, 1], Float32Array.of(1)) }];
    const { extra } = await task.trainStep(engine, { step, batches, random: Random.seeded(1, 'lazy') });
    penalties.push(extra.lazyPenalty);
    const { 'discriminator/layer/kernel': weight } = await engine.read(['discriminator/layer/kernel']);
    weights.push(weight?.data[0]);
  }
  await engine.dispose();
  // Decreases by 0.125·(1 + 2) where the penalty is due, and by 0.125 where it is not.
  expect(weights).toEqual([0.125, 0, -0.375]);
  expect(penalties).toEqual([0.5, undefined, 0]);
});

describe('classes of generated examples', () => {
  const CLASSES = 3;
  const labels = Int32Array.of(2, 0, 1, 1);

  /** Mean squared distance between the real labels and those passed to the generator, in the first step. */
  async function distance(joinsExamples: object): Promise<number | undefined> {
    const settings = points({
      example: { kind: 'points', dimensions: CLASSES },
      classes: CLASSES,
      generator: (scope, z) =>
        tf.add(scope.labels ?? z, tf.mul(dense(scope, 'layer', z, { units: CLASSES }), 0)),
      regularisers: [
        {
          name: 'distance',
          every: 1,
          ...joinsExamples,
          penalty: ({ real, fake }) => tf.mean(tf.squaredDifference(real, fake)),
        },
      ],
    });
    const task = new GanTask(settings);
    const engine = await openNativeEngine(1);
    engine.write(task.initialState(7));
    await task.prepare(engine);
    const { extra } = await task.trainStep(engine, {
      step: 1,
      batches: [{ examples: oneHot(labels, CLASSES), labels }],
      random: Random.seeded(7, 'classes'),
    });
    await engine.dispose();
    return extra.distancePenalty;
  }

  it('are drawn', async () => {
    expect(await distance({})).toBeGreaterThan(0);
  });

  it('are those of the real ones where a penalty joins the two', async () => {
    expect(await distance({ joinsExamples: true })).toBe(0);
  });
});

it('augments the images of a pair by the same draws, and the colour of each by itself', async () => {
  const example: ExampleShape = { kind: 'image', height: 4, width: 6, channels: 1 };
  const shape = [4, ...extents(example)];
  const images = Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i));
  const network: Network = (scope, x) => dense(scope, 'layer', flatten(x), { units: 1 });
  const task = new GanTask(
    settingsOf(
      example,
      (scope, given) => tf.mul(given, tf.reshape(network(scope, given), [-1, 1, 1, 1])),
      network,
      {
        source: { kind: 'image', shape: example, isSeenByDiscriminator: true },
        augmentation: {
          probability: 1,
          transforms: [flip, colour].map(({ name, apply }) => ({
            name,
            apply: (seen, context) => apply(seen, context, {}),
          })),
        },
        regularisers: [
          {
            name: 'apart',
            every: 1,
            penalty({ real }) {
              const [image = real, given = real] = tf.split(real, 2, 3);
              return tf.max(tf.abs(tf.sub(tf.sub(given, image), 0.5)));
            },
          },
          {
            name: 'changed',
            every: 1,
            penalty: ({ real }) =>
              tf.min(
                tf.max(tf.abs(tf.sub(tf.split(real, 2, 3)[0] ?? real, tf.tensor(images, shape))), [1, 2, 3]),
              ),
          },
        ],
      },
    ),
  );
  const engine = await openNativeEngine(1);
  engine.write(task.initialState(7));
  await task.prepare(engine);
  const { extra } = await task.trainStep(engine, {
    step: 1,
    batches: [
      {
        examples: float32(shape, images),
        inputs: float32(
          shape,
          images.map((value) => value + 0.5),
        ),
      },
    ],
    random: Random.seeded(7, 'augmentation'),
  });
  await engine.dispose();
  expect(extra.apartPenalty).toBeLessThan(1e-5);
  expect(extra.changedPenalty).toBeGreaterThan(0.01);
});

describe('a loss that is not finite', () => {
  it('is named with the first tensor in which it began', async () => {
    const explode: Network = (scope, x) =>
      tf.log(tf.mul(leakyRelu(dense(scope, 'logit', x, { units: 1 })), 0));
    const settings = points({ discriminator: explode });
    const { results } = await train(await openNativeEngine(1), settings, 1);
    expect(results[0]?.nonFinite).toBe('discriminator loss');
  });
});

it('keeps no activation in the model', async () => {
  const engine = await openNativeEngine(1);
  if (!(engine instanceof OnnxEngine)) throw new Error('expected the ONNX engine');
  const sizes: number[] = [];
  for (const batchSize of [4, 64]) {
    const task = new GanTask(dcgan(28, 1, { batchSize }));
    engine.write(task.initialState(1));
    await task.prepare(engine);
    sizes.push(engine.modelBytes('step'));
  }
  const [small = 0, large = 0] = sizes;
  expect(large).toBeLessThan(small * 1.05);
  expect(large).toBeLessThan(200_000);
  await engine.dispose();
});

it('samples with the averaged generator, any number at a time', async () => {
  const settings = points();
  const task = new GanTask(settings);
  const engine = await openNativeEngine(1);
  engine.write(task.initialState(1));
  await task.prepare(engine);
  const latents = task.drawLatents(Random.seeded(1, 'samples'), 100);
  const all = await task.sample(engine, { source: latents });
  expect(all.shape).toEqual([100, 2]);
  const few = await task.sample(engine, {
    source: float32([3, 8], Float32Array.from(latents.data.subarray(0, 24))),
  });
  expect(relativeError(few, float32([3, 2], Float32Array.from(all.data.subarray(0, 6))))).toBeLessThan(1e-6);
  await engine.dispose();
});

describe('the plane', () => {
  const question = (task: GanTask, count: number): PlaneQuestion => ({
    samples: { source: task.drawLatents(Random.seeded(1, 'samples'), count) },
    real: float32([count, 2], Random.seeded(1, 'real').fillNormal(new Float32Array(2 * count))),
    places: float32([3, 2], Float32Array.of(0, 0, 1, 0, 0, -1)),
    lattice: float32([4, 8], Random.seeded(1, 'lattice').fillNormal(new Float32Array(32))),
  });

  it('has the samples, the scores of places, and a lattice of latents', async () => {
    const task = new GanTask(points());
    const engine = await openNativeEngine(1);
    engine.write(task.initialState(1));
    await task.prepare(engine);
    const asked = question(task, 100);
    const { fake, scores, manifold } = await task.plane(engine, asked);
    expect(relativeError(fake, await task.sample(engine, asked.samples))).toBeLessThan(1e-6);
    expect(scores.shape).toEqual([3]);
    expect(scores.data.every((score) => score > 0 && score < 1)).toBe(true);
    if (asked.lattice === undefined || manifold === undefined) throw new Error('there is no lattice');
    expect(relativeError(manifold, await task.sample(engine, { source: asked.lattice }))).toBeLessThan(1e-6);
    await engine.dispose();
  });

  it('points where the discriminator takes a sample for a more real one', async () => {
    const task = new GanTask(points());
    const engine = await openNativeEngine(1);
    engine.write(task.initialState(1));
    await task.prepare(engine);
    const asked = question(task, 20);
    const { fake, descent } = await task.plane(engine, asked);
    const scoresAt = async (by: number): Promise<HostTensor> => {
      const moved = Float32Array.from(fake.data, (value, i) => value + by * (descent.data[i] ?? 0));
      return (await task.plane(engine, { ...asked, places: float32([20, 2], moved) })).scores;
    };
    const [before, after] = [await scoresAt(0), await scoresAt(1e-2)];
    expect(after.data.every((score, i) => score > (before.data[i] ?? 1))).toBe(true);
    await engine.dispose();
  });
});
